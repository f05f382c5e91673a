/** What a field holds. The names are those of protobuf's scalars. */
export type Scalar = 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double' | 'string' | 'bytes';

/** The types that protobuf gives a JSON form of their own. */
export type SpecialType = 'any' | 'duration' | 'timestamp' | 'struct' | 'value' | 'list' | 'empty' | 'field-mask';

export type FieldType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  /** A message around one scalar, which tells zero from absent. */
  | { readonly kind: 'wrapper'; readonly scalar: Scalar }
  | { readonly kind: SpecialType }
  | EnumType
  | MessageType;

export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly numbers: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
}

export interface MessageType {
  readonly kind: 'message';
  /** In full, such as `envoy.config.cluster.v3.Cluster`. */
  readonly name: string;
  /** In the order of their declaration. */
  readonly fields: readonly MessageField[];
  /** By the names that JSON may use: `connect_timeout` and `connectTimeout`. */
  readonly fieldsByName: ReadonlyMap<string, MessageField>;
}

export interface MessageField {
  readonly name: string;
  readonly jsonName: string;
  readonly type: () => FieldType;
  readonly shape: 'single' | 'list' | 'map';
  /** Of a map. */
  readonly key?: Scalar;
  /** Whether zero can be told from absent. */
  readonly tracksPresence: boolean;
  /** Of the fields that share a group at most one is set. */
  readonly oneof?: number;
}
