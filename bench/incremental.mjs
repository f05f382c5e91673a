/**
 * What a change of a mesh costs, and a further proxy: milliseconds by name, the fastest of several runs. Each document is
 * a file of its own, and each run changes what the one before it left, so that nothing is asked for twice.
 */
export function measureIncremental({ createMesh, diff, generateMesh, translate }, entries) {
  const files = filesOf(generateMesh(entries));
  const api = fileNamed(files, '/entry-', 'protocol: TLS', 'resolution: DNS\n');
  const entry = fileNamed(files, '/entry-', 'number: 80\n', 'resolution: DNS\n', 'version: v1');
  const rule = fileNamed(files, '/rule-', 'kind: DestinationRule', 'connectTimeout: 5s');
  const routes = fileNamed(files, '/routes-', 'kind: VirtualService', 'prefix: /v2');

  const milliseconds = {
    full: fastest(5, () => translate(files)),
    view: fastest(3, () => createMesh(files).view()),
  };
  let mesh = createMesh(files);
  let [earlier, latest] = [undefined, mesh.view()];
  const apply = (changes) => {
    mesh = mesh.apply(changes);
    [earlier, latest] = [latest, mesh.view()];
  };
  const alternate = (name, ...changes) => {
    for (const change of changes) apply(change);
    const times = changes.map(() => []);
    const begin = performance.now();
    while (times[0].length < rounds || performance.now() - begin < enough) {
      for (const [index, change] of changes.entries()) times[index].push(timed(() => apply(change)));
    }
    for (const [index, label] of [name].flat().entries()) {
      milliseconds[label] = Math.min(...(Array.isArray(name) ? times[index] : times.flat()));
    }
  };
  const toggle = (name, file, from, to) => alternate(name, { put: [replaced(file, from, to)] }, { put: [file] });
  const takeAway = (names, file) => alternate(names, { remove: [file.file] }, { put: [file] });

  toggle('applyField', api, 'resolution: DNS', 'resolution: DNS_ROUND_ROBIN');
  milliseconds.diffOfVersions = fastest(rounds, () => diff(earlier, latest));
  toggle('applyPort', entry, 'number: 80\n', 'number: 8123\n');
  toggle('applyEndpoint', entry, 'address: a.', 'address: other.');
  toggle('applyLabel', entry, 'version: v1', 'version: v9');
  toggle('applyLocation', entry, 'location: MESH_EXTERNAL', 'location: MESH_INTERNAL');
  toggle('applyHost', entry, '  - web-', '  - renamed-');
  // The youngest entry's addresses come last; where an older one goes, those of all that are younger move up.
  const youngest = replaced(
    { ...entry, file: 'youngest.yaml' },
    'metadata:\n',
    `metadata:\n  creationTimestamp: "2030-01-01T00:00:00Z"\n`,
  );
  const added = replaced(
    { ...youngest, text: youngest.text.replaceAll('web-', 'young-') },
    'name: entry-',
    'name: young-',
  );
  alternate(['applyAdd', 'applyRemove'], { put: [added] }, { remove: [added.file] });
  takeAway(['applyRemoveOld', 'applyAddOld'], entry);
  toggle('applyRule', rule, 'connectTimeout: 5s', 'connectTimeout: 6s');
  takeAway(['applyRuleRemove', 'applyRuleAdd'], rule);
  toggle('applyRoutes', routes, 'prefix: /v2', 'prefix: /v3');
  takeAway(['applyRoutesRemove', 'applyRoutesAdd'], routes);

  let proxies = 0;
  const alike = () => mesh.view({ proxy: { ...numbered('alike', ++proxies) } });
  const unlike = () => mesh.view({ proxy: { ...numbered('unlike', ++proxies), ...traits(proxies) } });
  milliseconds.furtherProxyAlike = fastest(rounds, alike);
  milliseconds.furtherProxyUnlike = fastest(rounds, unlike);
  return milliseconds;
}

const rounds = 5;
/** Milliseconds in which the code of a kind of change is compiled. */
const enough = 1_000;

function filesOf(text) {
  return text.split('---\n').map((document) => {
    const name = /^ {2}name: (.*)$/m.exec(document)?.[1];
    const namespace = /^ {2}namespace: (.*)$/m.exec(document)?.[1];
    return { file: `${namespace}/${name}.yaml`, text: document };
  });
}

/** From the middle of the mesh: the first with such a name after it that says all this, or else the last before it. */
function fileNamed(files, name, ...parts) {
  const fits = ({ file, text }) => file.includes(name) && parts.every((part) => text.includes(part));
  const middle = files.length >> 1;
  const found = files.slice(middle).find(fits) ?? files.slice(0, middle).findLast(fits);
  if (!found) throw new Error(`The mesh has no ${name} with ${parts.join(' and ')}`);
  return found;
}

function replaced(file, from, to) {
  if (!file.text.includes(from)) throw new Error(`${file.file} does not say ${from}`);
  return { ...file, text: file.text.replace(from, to) };
}

function numbered(name, number) {
  return { name: `${name}-${number}`, ip: `10.200.${number >> 8}.${number & 255}` };
}

/** Namespaces that hold nothing, so that all see the same; yet no two proxies are of one kind. */
function traits(number) {
  return {
    namespace: `team-${number}`,
    labels: { app: `app-${number}`, version: `v${number % 3}` },
    locality: `us-east1/zone-${number % 5}`,
  };
}

function fastest(runs, run) {
  return Math.min(...Array.from({ length: runs }, () => timed(run)));
}

function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}
