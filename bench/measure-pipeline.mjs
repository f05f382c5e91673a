import { fastest, timed } from './fastest.mjs';
import { generateMesh } from './generate-mesh.mjs';
import { requestsTo } from './requests.mjs';

/** Beyond so many entries a question takes minutes: the first two translate anew for every field of the input. */
const limits = { influence: 10, why: 100, lint: 10_000 };

/** Milliseconds of each stage, of the whole and of the questions about it; `yaml` is what the others are compared with. */
export async function measurePipeline(stages, text, entries) {
  warmUp(stages);
  const yaml = () => stages.loadAll(text);
  // By themselves: what else is kept in memory makes whatever allocates slower.
  const { whole, ...unit } = await fastestOfEach({ yaml, whole: () => stages.translate(text) }, 4);
  return {
    ...unit,
    ...(await fastestOfEach(stageRuns(stages, text), 2)),
    whole,
    ...(await fastestOfEach(questionRuns(stages, text, entries), 2)),
  };
}

/** Until the code is compiled: sizes are compared, and a large mesh compiles it while it is translated for the first time. */
function warmUp({ loadAll, translate }) {
  const text = generateMesh(100);
  for (let run = 0; run < 150; run++) {
    loadAll(text);
    translate(text);
  }
}

/** In turns: a machine that was busy at first gets a second chance. */
async function fastestOfEach(runs, rounds) {
  const milliseconds = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      if (milliseconds[name] > 20_000) continue;
      milliseconds[name] = Math.min(milliseconds[name] ?? Number.POSITIVE_INFINITY, await fastest(run));
    }
  }
  return milliseconds;
}

function stageRuns(stages, text) {
  const silent = () => undefined;
  const rules = { istioVersion: '1.30', statefulAllocation: true };
  const { proxy, settings } = stages.readScenario({}, silent);
  const { resources } = stages.readManifests(text, silent);
  const { accepted } = stages.validateResources(resources, silent, rules);
  const mesh = stages.registerMesh(accepted, settings, silent);
  const view = stages.scopeProxy(mesh, proxy);
  const clusters = stages.buildClusters(view);
  const routeNames = stages.referencedRouteNames(stages.buildListeners(view));
  return {
    read: () => stages.readManifests(text, silent),
    validate: () => stages.validateResources(resources, silent, rules),
    register: () => stages.registerMesh(accepted, settings, silent),
    scope: () => stages.scopeProxy(mesh, proxy),
    clusters: () => stages.buildClusters(view),
    listeners: () => stages.buildListeners(view),
    routes: () => stages.buildRouteConfigurations(view, routeNames),
    endpoints: () => stages.buildLoadAssignments(view, clusters),
    names: () => stages.buildNameTable(view),
  };
}

function questionRuns(stages, text, entries) {
  const before = stages.translate(text);
  const after = stages.translate(text.replace('connectTimeout: 5s', 'connectTimeout: 6s'));
  const questions = {
    diff: () => stages.diff(before, after),
    lint: () => stages.lint(text, { proxy: { namespace: 'default' } }),
    influence: () => stages.influence(text),
    why: () => stages.why(text, {}, 'clusters["outbound|80|v2|web-6.example.org"].connectTimeout'),
  };
  return Object.fromEntries(Object.entries(questions).filter(([name]) => entries <= (limits[name] ?? entries)));
}

/** Milliseconds of one request of each kind through a new translation: the first time, and again. */
export async function measureExplain({ explain, translate }, text, entries) {
  const translation = translate(text);
  const results = {};
  for (const [name, request] of Object.entries(requestsTo(entries))) {
    const first = timed(() => explain(translation, request));
    const again = await fastest(() => explain(translation, request));
    results[name] = { outcome: explain(translation, request).outcome, first, again };
  }
  return results;
}

/** What the sidecar gets, by number. */
export function countResources({ translate }, text) {
  const { clusters, listeners, routes, endpoints, nameTable, allocatedAddresses } = translate(text);
  const addresses = Object.values(allocatedAddresses).flatMap((hosts) => Object.values(hosts).flat());
  return {
    clusters: clusters.length,
    listeners: listeners.length,
    routes: routes.length,
    endpoints: endpoints.length,
    names: Object.keys(nameTable.table).length,
    addressesV4: addresses.filter((address) => !address.includes(':')).length,
    addressesV6: addresses.filter((address) => address.includes(':')).length,
  };
}
