import { describe, expect, it } from 'vitest';
import { cliForTests } from './run-cli.ts';

const run = cliForTests();
const folder = 'golden/guide/tls-origination';
const example = ['-f', `${folder}/input.yaml`, '--scenario', `${folder}/scenario.yaml`];
const cluster = 'clusters[outbound|443||api.external-service.com]';

describe('xdsim explain --why', () => {
  it('names the line that shapes an output', () => {
    const { status, stdout } = run(['explain', ...example, '--why', `${cluster}.transportSocket`]);
    expect(status).toBe(0);
    expect(stdout).toContain(
      `${folder}/input.yaml:31: DestinationRule default/external-api-tls spec.trafficPolicy.portLevelSettings[0].tls.mode: "SIMPLE"`,
    );
    expect(stdout).toContain('if "DISABLE": not there');
  });

  it('says what keeps an output out', () => {
    const { stdout } = run(['explain', ...example, '--why', 'clusters[outbound|444||api.external-service.com]']);
    expect(stdout).toContain('is not there.');
    expect(stdout).toMatch(/:14: ServiceEntry default\/external-api spec\.ports\[1\]\.number: 443/);
  });

  it('refuses a path that leads nowhere', () => {
    const { status, stderr } = run(['explain', ...example, '--why', 'spec.hosts']);
    expect(status).toBe(2);
    expect(stderr).toContain('begin with a section');
  });
});

describe('xdsim explain --effect', () => {
  it('says what the fields of a line do', () => {
    const { status, stdout } = run(['explain', ...example, '--effect', 'input.yaml:31']);
    expect(status).toBe(0);
    expect(stdout).toContain('1 cluster no longer originates TLS (outbound|443||api.external-service.com)');
  });

  it('says so when nothing is shaped', () => {
    const { status, stdout } = run(['explain', ...example, '--effect', 'spec.workloadSelector']);
    expect(status).toBe(1);
    expect(stdout).toContain('No field "spec.workloadSelector"');
  });

  it('gives JSON', () => {
    const { stdout } = run(['explain', ...example, '--effect', 'spec.resolution', '-o', 'json']);
    const [effect] = JSON.parse(stdout);
    expect(effect.field).toMatchObject({ path: 'spec.resolution', value: 'DNS', range: { line: 17 } });
    expect(effect.outputs).toContain('clusters["outbound|443||api.external-service.com"].type');
  });
});
