import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import './app/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { presence } from './api/presence.ts';
import { createQueries } from './app/query.ts';
import { createScreens } from './app/router.tsx';
import { theme } from './app/theme.ts';
import { startLocale } from './locale/index.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

presence.open();
await startLocale();
const queries = createQueries(() => {
  queries.removeQueries({ queryKey: ['me'] });
  void screens.invalidate();
});
const screens = createScreens(queries);

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={screens} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
