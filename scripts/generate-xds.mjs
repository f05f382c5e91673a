// Generates src/xds/types.ts, src/xds/descriptors.generated.ts and src/xds/message-table.generated.ts from Envoy's .proto files.
import { writeFileSync } from 'node:fs';
import { loadSchema } from './xds/load-schema.mjs';
import { loadWholeApi } from './xds/load-whole-api.mjs';
import { renderDescriptors } from './xds/render-descriptors.mjs';
import { renderMessageTable } from './xds/render-message-table.mjs';
import { renderTypes } from './xds/render-types.mjs';

const schema = loadSchema();
writeFileSync('src/xds/types.ts', renderTypes(schema));
writeFileSync('src/xds/descriptors.generated.ts', renderDescriptors(schema));
writeFileSync('src/xds/message-table.generated.ts', renderMessageTable(loadWholeApi()));
