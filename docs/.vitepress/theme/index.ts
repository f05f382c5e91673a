import type { Theme } from 'vitepress';
import { withBase } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { defineAsyncComponent } from 'vue';
import './examples.css';
import './site.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    // Only the page that shows it loads the editor.
    app.component(
      'Playground',
      defineAsyncComponent(() => import('../playground/playground-app.vue')),
    );
    if (import.meta.env.PROD && typeof navigator !== 'undefined' && 'serviceWorker' in navigator) {
      navigator.serviceWorker.register(withBase('/sw.js')).catch(() => {
        // Without it the site works as long as there is a network.
      });
    }
  },
} satisfies Theme;
