// A mesh of one size, measured in a process of its own so that sizes do not feel one another; prints JSON.
//   node bench/measure-size.mjs STAGES ENTRIES
import { pathToFileURL } from 'node:url';
import { generateMesh } from './generate-mesh.mjs';
import { measureIncremental } from './incremental.mjs';
import { countResources, measureExplain, measurePipeline } from './measure-pipeline.mjs';

/** Beyond so many entries the memory of one process does not hold all versions of the mesh. */
const mostToChange = 10_000;

const stagesFile = process.argv[2];
const entries = Number(process.argv[3]);
const stages = await import(pathToFileURL(stagesFile).href);
const text = generateMesh(entries);
const results = {
  megabytes: text.length / 1e6,
  sent: countResources(stages, text),
  milliseconds: await measurePipeline(stages, text, entries),
  explain: await measureExplain(stages, text, entries),
  ...(entries <= mostToChange && { incremental: measureIncremental({ ...stages, generateMesh }, entries) }),
};
process.stdout.write(JSON.stringify(results));
