import { locate } from '../manifests/locate.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { createRangeFinder, type RangeFinder } from '../manifests/source-range.ts';
import { formatFieldPath } from '../model/field-path.ts';
import { meshConfig } from '../model/istio/mesh-config.ts';
import { type MessageSchema, message, string } from '../model/istio/schema.ts';
import type { Scenario } from '../model/scenario.ts';
import type { InputField } from './input-field.ts';
import type { InputObject } from './input-object.ts';
import { type LeafField, leafFields } from './leaf-fields.ts';

/** A field that can be varied. */
export interface VariableField extends LeafField {
  readonly field: InputField;
  /** The object that holds it; absent for the scenario. */
  readonly object?: InputObject;
}

/** What decides which kind of thing a resource is; changing it means another resource. */
const identity: ReadonlySet<unknown> = new Set(['apiVersion', 'kind']);

/** Every field of the input that could shape the output, in the order of the input, the scenario's last. */
export function listInputFields(
  objects: readonly InputObject[],
  { scenario, scenarioFile }: { readonly scenario: Scenario; readonly scenarioFile: Manifest | undefined },
): readonly VariableField[] {
  const findRange = createRangeFinder();
  return [
    ...objects.flatMap((object) => fieldsOfObject(object, findRange)),
    ...fieldsOfScenario(scenario, scenarioFile, findRange),
  ];
}

function fieldsOfObject(object: InputObject, findRange: RangeFinder): readonly VariableField[] {
  return leafFields(object.value, object.schema)
    .filter(({ path }) => !identity.has(path[0]))
    .map((leaf) => ({
      ...leaf,
      object,
      field: locate({ resource: object.reference, path: formatFieldPath(leaf.path), value: leaf.value }, () =>
        findRange(object.source, { path: leaf.path, part: 'key' }),
      ),
    }));
}

const scenarioSchema: MessageSchema = message('Scenario', { istioVersion: string(), meshConfig });

function fieldsOfScenario(
  { requests: _requests, ...scenario }: Scenario,
  file: Manifest | undefined,
  findRange: RangeFinder,
): readonly VariableField[] {
  return leafFields(scenario, scenarioSchema)
    .filter(({ path }) => path.length > 0 && path[0] !== 'requests')
    .map((leaf) => {
      const field = { path: formatFieldPath(leaf.path), value: leaf.value };
      if (file === undefined) return { ...leaf, field };
      const source = { ...file, firstLine: 1, path: [] };
      return { ...leaf, field: locate(field, () => findRange(source, { path: leaf.path, part: 'key' })) };
    });
}
