export interface Locality {
  readonly region: string;
  readonly zone: string;
  readonly subZone: string;
}

const nowhere: Locality = Object.freeze({ region: '', zone: '', subZone: '' });

/** Reads `region/zone/subzone`; missing parts are empty. */
export function parseLocality(text: string): Locality {
  if (text === '') return nowhere;
  const [region = '', zone = '', subZone = ''] = text.split('/');
  return { region, zone, subZone };
}
