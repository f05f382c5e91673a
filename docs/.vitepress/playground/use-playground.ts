import { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef, watch } from 'vue';
import type { IstioVersion } from '../../../src/index.ts';
import { readScenarioText, writeScenarioText } from './scenario/read-scenario-text.ts';
import { changeText } from './scenario/scenario-fields.ts';
import { decodeState, type PlaygroundState } from './share-state.ts';
import { SimulationClient } from './simulation/client.ts';
import { latestOnly } from './simulation/latest-only.ts';
import type { Finding, FollowedRequest, PlaygroundInput, Simulation } from './simulation/protocol.ts';

const shareDelayInMs = 400;
const lintDelayInMs = 150;

/** The state of the playground: what the reader wrote, and what the simulation answers to it. */
export function usePlayground(firstState: PlaygroundState) {
  const client = new SimulationClient();
  const written = reactive({
    text: '',
    scenarioText: '',
    url: '',
    address: '',
    method: 'GET',
    headers: '',
    compare: '' as IstioVersion | '',
  });
  const scenario = shallowRef<PlaygroundInput['scenario']>({});
  const scenarioFindings = shallowRef<readonly Finding[]>([]);
  const simulation = shallowRef<Simulation>();
  const findings = shallowRef<readonly Finding[]>([]);
  const problem = ref('');
  /** From asking to having the answer in the page. */
  const elapsedInMs = ref(0);
  const generation = ref(0);

  const load = (state: PlaygroundState): void => {
    written.text = state.text;
    written.scenarioText = writeScenarioText(state.scenario);
    written.url = state.url ?? '';
    written.address = state.address ?? '';
    written.method = state.method ?? 'GET';
    written.headers = Object.entries(state.headers ?? {})
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n');
    written.compare = state.compare ?? '';
    scenario.value = state.scenario;
    generation.value++;
  };

  const followed = computed((): FollowedRequest | undefined => {
    if (written.url.trim() === '') return undefined;
    const headers = readHeaders(written.headers);
    return {
      url: written.url.trim(),
      ...(written.address.trim() !== '' && { address: written.address.trim() }),
      ...(written.method.trim() !== '' && written.method !== 'GET' && { method: written.method }),
      ...(Object.keys(headers).length > 0 && { headers }),
    };
  });

  const state = computed((): PlaygroundState => {
    const { url, ...request } = followed.value ?? {};
    return {
      text: written.text,
      scenario: scenario.value,
      ...(url !== undefined && { url, ...request }),
      ...(written.compare !== '' && { compare: written.compare }),
    };
  });

  let lintTimer: ReturnType<typeof setTimeout> | undefined;
  const simulate = latestOnly(async (input: PlaygroundInput) => {
    const start = performance.now();
    try {
      simulation.value = await client.ask('simulate', input);
      findings.value = simulation.value.findings;
      elapsedInMs.value = performance.now() - start;
      problem.value = '';
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
      return;
    }
    clearTimeout(lintTimer);
    lintTimer = setTimeout(async () => {
      const found = await client.ask('lint', undefined).catch(() => undefined);
      if (found) findings.value = found;
    }, lintDelayInMs);
  });

  let shareTimer: ReturnType<typeof setTimeout> | undefined;
  const shareSoon = (): void => {
    clearTimeout(shareTimer);
    shareTimer = setTimeout(async () => {
      const fragment = await client.ask('share', plain(state.value)).catch(() => undefined);
      if (fragment) history.replaceState(history.state, '', `#${fragment}`);
    }, shareDelayInMs);
  };

  watch(
    () => written.scenarioText,
    (text) => {
      const read = readScenarioText(text);
      scenarioFindings.value = read.findings;
      if (read.scenario) scenario.value = read.scenario;
    },
  );
  watch(
    state,
    () => {
      const { text, scenario, compare } = state.value;
      simulate(
        plain({ text, scenario, ...(compare && { compare }), ...(followed.value && { follow: followed.value }) }),
      );
      shareSoon();
    },
    { flush: 'sync' },
  );

  const loadFromAddress = (): void => {
    const shared = decodeState(location.hash);
    if (shared) load(shared);
  };
  onMounted(() => {
    load(decodeState(location.hash) ?? firstState);
    window.addEventListener('hashchange', loadFromAddress);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('hashchange', loadFromAddress);
    clearTimeout(shareTimer);
    clearTimeout(lintTimer);
    client.stop();
  });

  const istioVersion = computed({
    get: (): IstioVersion => scenario.value.istioVersion ?? '1.30',
    set: (version) => {
      written.scenarioText = changeText(
        written.scenarioText,
        ['istioVersion'],
        version === '1.30' ? undefined : version,
      );
    },
  });

  return {
    client,
    written,
    scenario,
    scenarioFindings,
    simulation,
    findings,
    problem,
    elapsedInMs,
    generation,
    istioVersion,
    state,
    load,
  };
}

export type Playground = ReturnType<typeof usePlayground>;

/** A copy without Vue's proxies, which cannot cross to a worker. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function readHeaders(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .map((line) => /^\s*([^:\s]+)\s*:\s*(.*)$/.exec(line))
      .flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? '']] : [])),
  );
}
