import { describe, expect, it } from 'vitest';
import { camelCaseFields, maps, structs, structsWithin } from '../../src/dump/camel-case-fields.ts';
import { descriptors } from '../../src/xds/descriptors.generated.ts';

interface Described {
  readonly nested?: Readonly<Record<string, Described>>;
  readonly fields?: Readonly<
    Record<string, { readonly type: string; readonly keyType?: string; readonly jsonName?: string }>
  >;
}

/** Every field of Envoy's schema, as `[message, field in JSON, type, whether it is a map]`. */
function fieldsBelow(described: Described, name = ''): readonly (readonly [string, string, string, boolean])[] {
  const own = Object.entries(described.fields ?? {}).map(
    ([field, { type, keyType, jsonName = field }]) => [name, jsonName, type, keyType !== undefined] as const,
  );
  const inner = Object.entries(described.nested ?? {}).flatMap(([key, nested]) =>
    fieldsBelow(nested, `${name}.${key}`),
  );
  return [...own, ...inner];
}
const fields = fieldsBelow(descriptors as Described).filter(([message]) => !message.startsWith('.google.protobuf'));

describe('camelCaseFields', () => {
  it('renames fields at any depth', () => {
    expect(
      camelCaseFields({ lb_endpoints: [{ health_check_config: { port_value: 1 } }], proxy_100_continue: true }),
    ).toEqual({ lbEndpoints: [{ healthCheckConfig: { portValue: 1 } }], proxy100Continue: true });
    expect(camelCaseFields({ consecutive_5xx: 1, accept_http_10: true })).toEqual({
      consecutive5xx: 1,
      acceptHttp10: true,
    });
  });

  it('leaves data alone', () => {
    const data = {
      typedPerFilterConfig: { an_extension: { '@type': 'a' } },
      filterMetadata: { my_filter: { my_key: { inner_key: 1 } } },
      transportSocketMatches: [{ match: { tls_mode: 'istio' } }],
      node: { metadata: { a_b: { c_d: 1 } } },
      logFormat: { jsonFormat: { response_code: '%RESPONSE_CODE%' } },
      typedConfig: { '@type': 'type.googleapis.com/udpa.type.v1.TypedStruct', value: { enable_discovery: true } },
    };
    expect(camelCaseFields(data)).toEqual(data);
    expect(camelCaseFields({ typed_per_filter_config: { a_b: { some_field: 1 } } })).toEqual({
      typedPerFilterConfig: { a_b: { someField: 1 } },
    });
    expect(camelCaseFields({ match: { safe_regex: { regex: 'a_b' } } })).toEqual({
      match: { safeRegex: { regex: 'a_b' } },
    });
  });

  it('knows every map and every Struct of the schema', () => {
    const named = new Set([...structs, ...Object.keys(structsWithin), 'value']);
    const unknown = fields.filter(([, field, type, isMap]) => {
      if (isMap) return !maps.has(field) && !structs.has(field);
      return type === '.google.protobuf.Struct' && !named.has(field);
    });
    expect(unknown).toEqual([]);
  });

  it('takes no message for data', () => {
    const mistaken = fields.filter(
      ([, field, type, isMap]) =>
        (maps.has(field) || structs.has(field)) && !isMap && type !== '.google.protobuf.Struct',
    );
    expect(mistaken).toEqual([]);
  });
});
