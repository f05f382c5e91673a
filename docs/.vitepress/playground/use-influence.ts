import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import { touches } from '../../../src/influence/touches.ts';
import { SimulationClient } from './simulation/client.ts';
import type { Influencer } from './simulation/protocol.ts';
import type { Playground } from './use-playground.ts';

/** Up to here all fields are tried at once; above, only those of the line that the reader points at. */
const wholeInputLines = 160;
const delayInMs = 250;

/**
 * Which input lines shape which output. Every field costs a few translations, so a worker of its own tries them, and
 * is stopped as soon as the input changes.
 */
export function useInfluence({ written, scenario }: Playground) {
  const client = new SimulationClient();
  const influencers = shallowRef<readonly Influencer[]>([]);
  const pointedLine = ref<number>();
  const pointedOutput = ref<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: number | undefined;

  const isLong = (): boolean => written.text.split('\n').length > wholeInputLines;

  const ask = (line?: number): void => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      client.stop();
      const question = { text: written.text, scenario: JSON.parse(JSON.stringify(scenario.value)) };
      const found = await client
        .ask('influence', line === undefined ? question : { ...question, line })
        .catch(() => undefined);
      if (found && question.text === written.text) influencers.value = found;
    }, delayInMs);
  };

  watch(
    () => [written.text, scenario.value],
    () => {
      client.stop();
      influencers.value = [];
      asked = undefined;
      if (!isLong()) ask();
    },
  );

  const pointAtLine = (line: number | undefined): void => {
    pointedLine.value = line;
    if (line === undefined || line === asked || !isLong()) return;
    asked = line;
    ask(line);
  };

  /** The outputs that the pointed input line shapes. */
  const shapedOutputs = computed((): readonly string[] => {
    const line = pointedLine.value;
    if (line === undefined) return [];
    const fields = influencers.value.filter((field) => field.line <= line && line <= field.endLine);
    return [...new Set(fields.flatMap(({ outputs }) => outputs))];
  });

  /** The fields that shape the pointed output, the most specific first. */
  const shapingFields = computed((): readonly Influencer[] => {
    const output = pointedOutput.value;
    if (output === undefined) return [];
    return influencers.value
      .filter(({ outputs }) => outputs.some((candidate) => touches(candidate, output)))
      .sort((left, right) => left.outputs.length - right.outputs.length);
  });

  onBeforeUnmount(() => {
    clearTimeout(timer);
    client.stop();
  });

  return { influencers, pointedLine, pointedOutput, pointAtLine, shapedOutputs, shapingFields };
}

export type InfluenceView = ReturnType<typeof useInfluence>;
