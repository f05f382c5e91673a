// Which room of src may import which; the table of the design, as a rule.
const translationBelow = {
  names: [],
  tls: ['names'],
  endpoints: ['tls', 'names'],
  clusters: ['endpoints', 'tls', 'names'],
  http: ['tls', 'names'],
  routes: ['http', 'tls', 'names'],
  listeners: ['routes', 'http', 'tls', 'names'],
};

const pipeline = [
  'model',
  'xds',
  'profiles',
  'manifests',
  'validation',
  'registry',
  'translation',
  'proxies',
  'patches',
];

const rooms = {
  model: [],
  xds: [],
  profiles: ['model'],
  manifests: ['model'],
  validation: ['model', 'profiles'],
  registry: ['manifests', 'model', 'profiles'],
  ...Object.fromEntries(
    Object.entries(translationBelow).map(([room, below]) => [
      `translation/${room}`,
      ['registry', 'model', 'xds', 'profiles', ...below.map((name) => `translation/${name}`)],
    ]),
  ),
  proxies: ['translation', 'patches', 'registry', 'xds', 'profiles'],
  patches: ['xds', 'model'],
  'translate.ts': pipeline,
  live: ['manifests', 'model', 'registry', 'xds', 'translate.ts'],
  explain: ['xds', 'model'],
  diff: ['xds', 'model'],
  dump: ['xds', 'model'],
  print: ['xds', 'model', 'diff', 'explain'],
  hops: ['manifests', 'model', 'xds', 'registry', 'translate.ts', 'explain'],
  influence: ['manifests', 'model', 'xds', 'translate.ts', 'live', 'explain', 'diff', 'print'],
  lint: [
    'model',
    'xds',
    'profiles',
    'manifests',
    'registry',
    'proxies',
    'translate.ts',
    'live',
    'explain',
    'diff',
    'print',
  ],
  compare: ['manifests', 'model', 'xds', 'translate.ts', 'live', 'diff', 'dump', 'influence', 'lint'],
  golden: ['manifests', 'model', 'xds', 'translate.ts', 'live', 'explain', 'hops', 'diff', 'influence', 'print'],
  vitest: ['model', 'translate.ts', 'diff', 'print', 'golden'],
  envoy: ['model', 'xds', 'translate.ts', 'explain', 'diff', 'print'],
  'markdown-it': ['translate.ts', 'explain', 'diff', 'print', 'lint', 'model', 'xds'],
};

const pathOf = (room) => `^src/${room.replace('.', '\\.')}${room.endsWith('.ts') ? '$' : '/'}`;

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room.replace(/\W/g, '-')}`,
  comment: `${room} imports ${allowed.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: pathOf(room) },
  to: { path: '^src/', pathNot: [room, ...allowed].map(pathOf) },
}));

export default {
  forbidden: [
    ...roomRules,
    {
      name: 'every-file-has-a-room',
      comment: 'a new folder under src needs its row in the table above',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [...Object.keys(rooms), 'cli', 'index.ts'].map(pathOf),
      },
      to: {},
    },
    {
      name: 'nothing-imports-cli',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-runs-anywhere',
      comment: 'only cli, golden, vitest and envoy may touch files and processes',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|golden|envoy|vitest)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'protobufjs-stays-in-xds',
      comment: 'a page that only wants JSON must not load the protobuf runtime',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/xds/(protobuf|descriptors)' },
      to: { path: 'node_modules/protobufjs/' },
    },
    {
      name: 'published-packages-only',
      comment: 'src imports nothing that is absent or only a development dependency',
      severity: 'error',
      // Who imports xdsim/vitest runs Vitest, which is a peer dependency.
      from: { path: '^src/', pathNot: '^src/vitest/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
};
