import { expect, it } from 'vitest';
import { diff, groupDifferences, type RouteConfiguration, translate } from '../../src/index.ts';

it('compares a resource of which very much changed', () => {
  const withRoutes = (suffix: string) => {
    const virtualHosts = Array.from({ length: 150_000 }, (_, index) => ({
      name: `h${index}`,
      domains: [`h${index}.${suffix}`],
    }));
    const routes: readonly RouteConfiguration[] = [{ name: '80', virtualHosts }];
    return { ...translate(''), routes };
  };
  const differences = diff(withRoutes('before'), withRoutes('after'));
  const groups = groupDifferences(differences);
  expect(groups.flatMap(({ changes }) => changes).length).toBeGreaterThanOrEqual(150_000);
});
