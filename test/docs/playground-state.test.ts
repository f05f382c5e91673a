import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplesOfPage } from '../../docs/.vitepress/playground/examples.ts';
import { readScenarioText, writeScenarioText } from '../../docs/.vitepress/playground/scenario/read-scenario-text.ts';
import { changeField, fieldsOf } from '../../docs/.vitepress/playground/scenario/scenario-fields.ts';
import { decodeState, encodeState, type PlaygroundState } from '../../docs/.vitepress/playground/share-state.ts';

describe('a link to the playground', () => {
  it('holds everything', () => {
    const states = fc.record<PlaygroundState>({
      text: fc.string({ unit: 'binary', maxLength: 200 }),
      scenario: fc.constantFrom({}, { istioVersion: '1.29' as const, proxy: { namespace: 'ü' } }),
      url: fc.webUrl(),
      headers: fc.constant({ 'x-user': 'é' }),
    });
    fc.assert(
      fc.property(states, (state) => {
        expect(decodeState(`#${encodeState(state)}`)).toEqual(state);
      }),
    );
  });

  it('is short for what repeats', () => {
    expect(encodeState({ text: 'kind: ServiceEntry\n'.repeat(500), scenario: {} }).length).toBeLessThan(200);
  });

  it.each(['', '#heading', '#s=', '#s=!!!', '#s=AAAA', `#${encodeState({ text: 'a', scenario: {} })}x`])(
    'that is damaged is ignored: %s',
    (fragment) => {
      const read = decodeState(fragment);
      if (read) expect(read.text).toBe('a');
      else expect(read).toBeUndefined();
    },
  );
});

describe('the scenario’s form', () => {
  it('changes one field and keeps the rest, comments too', () => {
    const text = '# ours\nproxy:\n  namespace: payments # here\n';
    const changed = changeField(text, 'dnsCapture', true);
    expect(changed).toContain('# ours');
    expect(changed).toContain('namespace: payments # here');
    const scenario = readScenarioText(changed).scenario ?? {};
    expect(fieldsOf(scenario)).toMatchObject({ namespace: 'payments', dnsCapture: true, registryOnly: false });
  });

  it('leaves nothing behind that says nothing', () => {
    const on = changeField(changeField('', 'registryOnly', true), 'autoAllocate', false);
    expect(readScenarioText(on).scenario).toEqual({
      meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
      features: { PILOT_ENABLE_IP_AUTOALLOCATE: 'false' },
    });
    expect(changeField(changeField(on, 'registryOnly', false), 'autoAllocate', true)).toBe('');
  });

  it('reads labels', () => {
    const text = changeField('', 'labels', 'app=checkout, version=v1');
    expect(readScenarioText(text).scenario).toEqual({ proxy: { labels: { app: 'checkout', version: 'v1' } } });
  });

  it('reports what it cannot read, where it stands', () => {
    expect(readScenarioText('proxy:\n  a: [').findings[0]).toMatchObject({ severity: 'error' });
    expect(readScenarioText('- a').findings[0]?.message).toBe('A scenario is a map.');
    expect(writeScenarioText({})).toBe('');
  });
});

describe('the guide’s examples', () => {
  const page = `# Page\n## Part\n\`\`\`yaml xdsim id=a clusters\nkind: A\n\`\`\`\n\`\`\`yaml xdsim from=a explain=https://x/\nkind: B\n\`\`\`\n\`\`\`yaml xdsim from=a routes\n\`\`\`\n\`\`\`\`md\n\`\`\`yaml xdsim\nkind: Shown\n\`\`\`\n\`\`\`\`\n`;

  it('are found under their headings, with what they build on', () => {
    expect(examplesOfPage(page)).toEqual([
      { page: 'Page', title: 'Part', state: { text: 'kind: A\n', scenario: {} } },
      { page: 'Page', title: 'Part (2)', state: { text: 'kind: A\n---\nkind: B\n', scenario: {}, url: 'https://x/' } },
    ]);
  });
});
