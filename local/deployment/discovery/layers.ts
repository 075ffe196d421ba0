import { assetIn, type Asset } from '../assembly/assets.ts';
import type { DeployedFunction } from './deployed-app.ts';
import { referencedIds } from '../substitution/references.ts';
import { isList, type Json, type JsonObject, type Template } from '../assembly/template.ts';

type Layers = Pick<DeployedFunction, 'layerDirectories' | 'unknownLayers'>;

/** The layers of a function: the folders of those that the same template makes of folders, and what the others are called. */
export function layersOf(
  { Layers: layers }: JsonObject,
  template: Template,
  assets: readonly Asset[],
): Layers {
  const found = (isList(layers) ? layers : []).map((layer) => folderOf(layer, template, assets) ?? { layer });
  const layerDirectories = found.flatMap((one) => ('directory' in one ? one.directory : []));
  const unknownLayers = found.flatMap((one) => ('layer' in one ? nameOf(one.layer) : []));
  return {
    ...(layerDirectories.length > 0 && { layerDirectories }),
    ...(unknownLayers.length > 0 && { unknownLayers }),
  };
}

function folderOf(
  layer: Json,
  template: Template,
  assets: readonly Asset[],
): { readonly directory: string } | undefined {
  const [id = ''] = referencedIds(layer);
  const { Type: type, Properties: properties } = template.Resources[id] ?? {};
  if (type !== 'AWS::Lambda::LayerVersion' || properties?.['Content'] === undefined) return undefined;
  const asset = assetIn(properties['Content'], assets);
  return asset?.packaging === 'zip' ? { directory: asset.path } : undefined;
}

function nameOf(layer: Json): string {
  const [id] = referencedIds(layer);
  return id ?? (typeof layer === 'string' ? layer : JSON.stringify(layer));
}
