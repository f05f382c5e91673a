import fs from 'node:fs';
import os from 'node:os';

/** What the times depend on. */
export function describeMachine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: os.availableParallelism(),
    memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    jsYaml: JSON.parse(fs.readFileSync('node_modules/js-yaml/package.json', 'utf8')).version,
  };
}
