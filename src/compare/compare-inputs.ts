import { diff } from '../diff/diff.ts';
import type { Difference, FieldChange } from '../diff/difference.ts';
import { type Causes, findCauses } from '../influence/find-causes.ts';
import type { InputField } from '../influence/input-field.ts';
import { choosePointsOfView, maximumObservers } from '../lint/choose-observers.ts';
import { createMesh } from '../live/create-mesh.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { ProxyScenario, Scenario } from '../model/scenario.ts';
import { takeIn } from '../translate.ts';
import { describeAudience } from './describe-audience.ts';

/** What a mesh is made from. */
export interface MeshInput {
  readonly manifests: readonly Manifest[];
  readonly scenario: Scenario;
  /** Where the scenario was read from, for the positions of its fields. */
  readonly scenarioFile?: Manifest;
}

export interface Comparison {
  /** What differs, whichever proxy sees it; what several see alike is there once. */
  readonly differences: readonly Difference[];
  /** The fields of the later input that are most likely behind it. */
  readonly causes: Causes;
  /** In words, which proxies see a difference; absent where all do. */
  readonly audiences: ReadonlyMap<Difference, string>;
  /** The proxies from which was looked. */
  readonly pointsOfView: readonly ProxyScenario[];
  /** How many more there are; a comparison stays quick for a whole cluster. */
  readonly leftOut: number;
}

/**
 * Compares what proxies get from two inputs. The scenario's proxy is asked where the scenario names its namespace; else
 * one in every namespace that appears, with and without DNS capture, as `lint` does.
 */
export function compareInputs(before: MeshInput, after: MeshInput): Comparison {
  const all = pointsOfView(before, after);
  const chosen = all.slice(0, maximumObservers);
  const meshBefore = createMesh(before.manifests);
  const meshAfter = before.manifests === after.manifests ? meshBefore : createMesh(after.manifests);
  const found = new Map<string, { readonly difference: Difference; readonly seeing: ProxyScenario[] }>();
  const causes = new Map<Difference | FieldChange, InputField>();
  for (const proxy of chosen) {
    const { manifests, scenario, scenarioFile } = seenBy(proxy, after);
    const earlier = seenBy(proxy, before);
    const differences = diff(meshBefore.view(earlier.scenario), meshAfter.view(scenario));
    const fresh = differences.filter((difference) => !found.has(keyOf(difference)));
    for (const difference of fresh) found.set(keyOf(difference), { difference, seeing: [] });
    for (const difference of differences) found.get(keyOf(difference))?.seeing.push(proxy);
    const options = {
      ...(scenarioFile && { scenarioFile }),
      ...(before.manifests === after.manifests && { only: isOfResource }),
    };
    for (const [of, field] of findCauses(fresh, manifests, scenario, options)) causes.set(of, field);
  }
  return {
    differences: [...found.values()].map(({ difference }) => difference),
    causes,
    audiences: new Map(
      [...found.values()].flatMap(({ difference, seeing }) => {
        const audience = describeAudience(seeing, chosen);
        return audience === undefined ? [] : [[difference, audience] as const];
      }),
    ),
    pointsOfView: chosen,
    leftOut: all.length - chosen.length,
  };
}

/** That the scenarios differ is known; which resource it concerns is the question. */
function isOfResource({ resource }: InputField): boolean {
  return resource !== undefined;
}

function seenBy(proxy: ProxyScenario, input: MeshInput): MeshInput {
  return { ...input, scenario: { ...input.scenario, proxy } };
}

function pointsOfView(...inputs: readonly MeshInput[]): readonly ProxyScenario[] {
  const found = new Map<string, ProxyScenario>();
  for (const { manifests, scenario } of inputs) {
    const { mesh } = takeIn(manifests, scenario, () => undefined);
    for (const proxy of choosePointsOfView(mesh, scenario)) found.set(JSON.stringify(proxy), proxy);
  }
  return [...found.values()];
}

/** Equal for what several proxies see alike. */
function keyOf(difference: Difference): string {
  const { section, name, kind } = difference;
  return JSON.stringify([section, name, kind, kind === 'changed' ? difference.changes : difference]);
}
