import { describe, expect, test } from '@jest/globals';
import { layersOf } from '../../../../local/deployment/discovery/layers.ts';
import { obstacleAt, runsHere } from '../../../../local/deployment/discovery/where-functions-run.ts';
import { parseTemplate } from '../../../../local/deployment/assembly/template.ts';

describe('a function runs as a process', () => {
  test.each(['nodejs20.x', 'nodejs22.x', 'nodejs24.x'])('of %s', (runtime) => {
    expect(runsHere(runtime)).toBeUndefined();
  });

  test.each(['nodejs18.x', 'python3.13', 'java21', undefined])('none runs %s', (runtime) => {
    expect(runsHere(runtime)).toContain('processes here run nodejs20.x, nodejs22.x and nodejs24.x only');
  });
});

describe('MiniStack', () => {
  const ministack = { kind: 'ministack', hasDocker: false } as const;

  test.each(['python3.13', 'nodejs18.x', 'provided.al2023'] as const)('runs %s without Docker', (Runtime) => {
    expect(obstacleAt(ministack, { PackageType: 'Zip', Runtime })).toBeUndefined();
  });

  test('runs no other runtime and no image without Docker', () => {
    const obstacles = [
      obstacleAt(ministack, { PackageType: 'Zip', Runtime: 'java21' }),
      obstacleAt(ministack, { PackageType: 'Image' }),
    ];

    expect(obstacles).toEqual([
      'MiniStack needs Docker to run java21, and Docker is not installed',
      'MiniStack needs Docker to run container images, and Docker is not installed',
    ]);
  });

  test('runs every one with Docker', () => {
    expect(obstacleAt({ kind: 'ministack', hasDocker: true }, { PackageType: 'Image' })).toBeUndefined();
  });
});

test('no endpoint runs a function that it could not create', () => {
  const failed = { State: 'Failed', StateReason: 'no executor' } as const;

  expect(obstacleAt({ kind: 'localstack', hasDocker: true }, failed)).toBe(
    'the endpoint could not create it: no executor',
  );
});

const content = (id: string) => ({ Content: { S3Bucket: 'b', S3Key: `${id}.zip` } });

const asset = (id: string, packaging: string) => ({
  id,
  objectKeys: [`${id}.zip`],
  path: `/${id}`,
  packaging,
});

test("a function has the layers whose folders and zip files the assembly holds, in their order, and the others' names", () => {
  const template = parseTemplate(
    JSON.stringify({
      Resources: {
        Tools: { Type: 'AWS::Lambda::LayerVersion', Properties: content('tools') },
        Zipped: { Type: 'AWS::Lambda::LayerVersion', Properties: content('zipped') },
        Base: { Type: 'AWS::Lambda::LayerVersion', Properties: content('base') },
      },
    }),
  );
  const foreign = 'arn:aws:lambda:eu-west-1:123456789012:layer:tracing:3';

  const layers = layersOf(
    { Layers: [{ Ref: 'Base' }, foreign, { Ref: 'Tools' }, { Ref: 'Zipped' }] },
    template,
    [asset('tools', 'zip'), asset('base', 'zip'), asset('zipped', 'file')],
  );

  expect(layers).toEqual({ layers: ['/base', '/tools', '/zipped'], unknownLayers: [foreign] });
});
