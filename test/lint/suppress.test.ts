import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.ts';

const entry = (annotation = ''): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: db${annotation && `\n  annotations:\n    xdsim.dev/ignore: ${annotation}`}
spec:
  hosts: [db.example.com]
  ports:
  - { number: 5432, name: tcp, protocol: TCP }
  resolution: DNS
`;
const codes = (text: string, ignore: readonly string[] = []) => lint(text, {}, { ignore }).map(({ code }) => code);

describe('suppression', () => {
  it('leaves out what the resource’s annotation names', () => {
    expect(codes(entry())).toEqual(['tcp-without-address']);
    expect(codes(entry('tcp-without-address'))).toEqual([]);
  });

  it('takes several codes, with blanks', () => {
    expect(codes(entry('" double-tls , tcp-without-address"'))).toEqual(['suppression-unused']);
  });

  it('is for the one resource', () => {
    const other = entry('tcp-without-address')
      .replace('name: db', 'name: other')
      .replace('db.example', 'other.example');
    expect(lint(`${entry()}---\n${other}`).map(({ code, resource }) => `${code} ${resource?.name}`)).toContain(
      'tcp-without-address db',
    );
  });

  it('leaves out codes everywhere, and says when none was there', () => {
    expect(codes(entry(), ['tcp-without-address'])).toEqual([]);
    expect(codes(entry(), ['double-tls'])).toEqual(['tcp-without-address', 'suppression-unused']);
  });

  it('points at the annotation that is not used', () => {
    const unused = lint(entry('double-tls')).find(({ code }) => code === 'suppression-unused');
    expect(unused?.range?.line).toBe(6);
  });
});
