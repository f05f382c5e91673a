// Builds the documentation: the API reference from the source, then the site, whose examples are executed.
import { execFileSync } from 'node:child_process';

const run = (script, ...args) =>
  execFileSync(process.execPath, [`node_modules/${script}`, ...args], { stdio: 'inherit' });

run('typedoc/bin/typedoc', '--options', 'docs/typedoc.json');
run('vitepress/bin/vitepress.js', 'build', 'docs');
