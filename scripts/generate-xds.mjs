// Generates src/xds/types.ts and src/xds/descriptors.generated.ts from Envoy's .proto files.
import { writeFileSync } from 'node:fs';
import { loadSchema } from './xds/load-schema.mjs';
import { renderDescriptors } from './xds/render-descriptors.mjs';
import { renderTypes } from './xds/render-types.mjs';

const schema = loadSchema();
writeFileSync('src/xds/types.ts', renderTypes(schema));
writeFileSync('src/xds/descriptors.generated.ts', renderDescriptors(schema));
