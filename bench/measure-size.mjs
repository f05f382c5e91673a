// A mesh of one size, measured in a process of its own so that sizes do not feel one another; prints JSON.
//   node --expose-gc bench/measure-size.mjs STAGES ENTRIES
import { pathToFileURL } from 'node:url';
import { generateMesh } from './generate-mesh.mjs';
import { measureIncremental } from './incremental.mjs';
import { countResources, measureExplain, measurePipeline } from './measure-pipeline.mjs';

const [stagesFile, entries] = process.argv.slice(2);
const stages = await import(pathToFileURL(stagesFile).href);
const text = generateMesh(Number(entries));
const results = {
  megabytes: text.length / 1e6,
  sent: countResources(stages, text),
  milliseconds: await measurePipeline(stages, text, Number(entries)),
  explain: await measureExplain(stages, text, Number(entries)),
  incremental: measureIncremental({ ...stages, generateMesh }, Number(entries)),
};
process.stdout.write(JSON.stringify(results));
