export interface Locality {
  readonly region: string;
  readonly zone: string;
  readonly subZone: string;
}

/** Reads `region/zone/subzone`; missing parts are empty. */
export function parseLocality(text: string): Locality {
  const [region = '', zone = '', subZone = ''] = text.split('/');
  return { region, zone, subZone };
}
