import fs from 'node:fs';

/** The version of the package that the command belongs to; it lies one folder above both src/cli.ts' bundle and the sources' folder. */
export function toolVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    const file = new URL(place, import.meta.url);
    if (fs.existsSync(file)) return (JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version: string }).version;
  }
  return '0.0.0';
}
