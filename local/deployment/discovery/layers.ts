import { assetIn, type Asset } from '../assembly/assets.ts';
import type { DeployedFunction } from './deployed-app.ts';
import { referencedIds } from '../substitution/references.ts';
import { isList, type Json, type JsonObject, type Template } from '../assembly/template.ts';

type Layers = Pick<DeployedFunction, 'layers' | 'unknownLayers'>;

/**
 * Finds the layers of a function: the paths of layers that the template builds from the app's files, and the names of
 * all others.
 */
export function layersOf(
  { Layers: layers }: JsonObject,
  template: Template,
  assets: readonly Asset[],
): Layers {
  const found = (isList(layers) ? layers : []).map(
    (layer) => contentOf(layer, template, assets) ?? { layer },
  );
  const own = found.flatMap((one) => ('path' in one ? one.path : []));
  const unknownLayers = found.flatMap((one) => ('layer' in one ? nameOf(one.layer) : []));
  return {
    ...(own.length > 0 && { layers: own }),
    ...(unknownLayers.length > 0 && { unknownLayers }),
  };
}

function contentOf(
  layer: Json,
  template: Template,
  assets: readonly Asset[],
): { readonly path: string } | undefined {
  const [id = ''] = referencedIds(layer);
  const { Type: type, Properties: properties } = template.Resources[id] ?? {};
  if (type !== 'AWS::Lambda::LayerVersion' || properties?.['Content'] === undefined) return undefined;
  const asset = assetIn(properties['Content'], assets);
  return asset && { path: asset.path };
}

function nameOf(layer: Json): string {
  const [id] = referencedIds(layer);
  return id ?? (typeof layer === 'string' ? layer : JSON.stringify(layer));
}
