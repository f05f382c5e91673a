import { decode, encode, type Messages, resourceMessages } from '../../src/xds/protobuf.ts';

export type ResourceSection = keyof typeof resourceMessages;
export type Resource = Messages[(typeof resourceMessages)[ResourceSection]];

export const resourceSections = Object.keys(resourceMessages) as readonly ResourceSection[];

/** The resource after JSON → binary → JSON. */
export function roundTrip(section: ResourceSection, resource: Resource): Resource {
  const name = resourceMessages[section];
  return decode(name, encode(name, resource));
}
