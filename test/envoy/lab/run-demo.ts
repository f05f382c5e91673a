import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import type { Bootstrap } from '../../../src/envoy/bootstrap.ts';
import type { DemoRequest } from './protocol.ts';

export interface DemoRun {
  readonly envoy: string;
  readonly folder: string;
  readonly bootstrap: Bootstrap;
  readonly requests: readonly DemoRequest[];
}

/** Runs the configuration file of a demo as a user would, and returns the text that each request brings back. */
export async function runDemo({ envoy, folder, bootstrap, requests }: DemoRun): Promise<readonly string[]> {
  const home = fs.mkdtempSync(path.join(folder, 'demo-'));
  const config = path.join(home, 'envoy.json');
  fs.writeFileSync(config, JSON.stringify(bootstrap));
  const running = spawn(envoy, ['-c', config, '--log-level', 'error', '--concurrency', '1', '--disable-hot-restart'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => running.once('exit', resolve));
  try {
    const answers: string[] = [];
    for (const request of requests) answers.push(await askPatiently(request));
    return answers;
  } finally {
    running.kill();
    await ended;
  }
}

async function askPatiently(request: DemoRequest): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask(request);
    } catch (error) {
      if (attempt > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

function ask({ port, host, path: target }: DemoRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: target, headers: { host }, agent: false, timeout: 5_000 };
    const request = http.get(options, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(`${response.statusCode}\n${body}`));
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error('timeout')));
  });
}
