// Says what the public API is: a report for each entry, in api/. A change of the API shows in the report, or fails here.
//   node scripts/api/report.mjs            compares dist/ with the committed reports
//   node scripts/api/report.mjs --update   writes them
import { mkdirSync, rmSync } from 'node:fs';
import { entries, extract } from './entries.mjs';

mkdirSync('api/temp', { recursive: true });
const updates = process.argv.includes('--update');
const changed = entries.filter((entry) => !extract(entry, { report: true, updates }));
rmSync('api/temp', { recursive: true, force: true });
if (changed.length > 0) {
  const names = changed.map(({ name }) => name).join(', ');
  console.error(`The public API of ${names} is not as api/ says. Where that is meant: npm run api -- --update`);
  process.exitCode = 1;
} else {
  console.log(`public API: ${entries.length} entries ${updates ? 'reported' : 'as reported'}`);
}
