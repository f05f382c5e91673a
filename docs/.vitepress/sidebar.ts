import type { DefaultTheme } from 'vitepress';

export const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'Getting started', link: '/guide/getting-started' },
      { text: 'From entry to packet', link: '/guide/entry-to-packet' },
    ],
  },
  {
    text: 'ServiceEntry',
    items: [
      { text: 'Resolution', link: '/guide/resolution' },
      { text: 'Protocols and ports', link: '/guide/protocols-and-ports' },
      { text: 'Virtual IPs and the DNS proxy', link: '/guide/vips-and-dns' },
      { text: 'Wildcard egress', link: '/guide/wildcard-egress' },
      { text: 'Visibility', link: '/guide/visibility' },
      { text: 'REGISTRY_ONLY', link: '/guide/registry-only' },
    ],
  },
  {
    text: 'Policies',
    items: [
      { text: 'DestinationRule', link: '/guide/destination-rules' },
      { text: 'TLS origination', link: '/guide/tls-origination' },
      { text: 'Retries, timeouts, faults, shifting', link: '/guide/http-policies' },
      { text: 'Sticky sessions', link: '/guide/sticky-sessions' },
    ],
  },
  {
    text: 'Work with it',
    items: [
      { text: 'Troubleshooting by symptom', link: '/guide/troubleshooting' },
      { text: 'Golden files in CI', link: '/guide/golden-files' },
      { text: 'EnvoyFilters', link: '/guide/envoy-filters' },
      { text: 'Versions and upgrades', link: '/guide/versions' },
      { text: 'Examples in your own pages', link: '/guide/your-own-pages' },
      { text: 'Outside the simulation', link: '/guide/outside' },
      { text: 'How we know', link: '/how-we-know/' },
      { text: 'How fast is it?', link: '/how-fast/' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'Command line', link: '/reference/command-line' },
      { text: 'Scenario', link: '/reference/scenario' },
      { text: 'Diagnostic codes', link: '/diagnostics/' },
      { text: 'Outcomes', link: '/reference/outcomes' },
      { text: 'API', link: '/reference/api/' },
    ],
  },
];
