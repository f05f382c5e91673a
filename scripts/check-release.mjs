// A release is complete: package.json has the version of the tag, and CHANGELOG.md says what it brings.
//   node scripts/check-release.mjs v1.2.3
import { readFileSync } from 'node:fs';

const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1);
const notes = sections.find((section) => section.split(/\s/, 1)[0] === version);
const problems = [
  tag !== `v${version}` && `The tag is ${tag}, the version in package.json is ${version}.`,
  !/^- /m.test(notes ?? '') && `CHANGELOG.md has no notes under "## ${version}": rename "Unreleased".`,
].filter(Boolean);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
