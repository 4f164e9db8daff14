import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** A calm blue-green; white text on shade 7 has a contrast of at least 4.5:1. */
const sea: MantineColorsTuple = [
  '#edf7f9',
  '#dbecef',
  '#b3d8df',
  '#88c3ce',
  '#64b1c0',
  '#429bab',
  '#2d7f8e',
  '#1f6774',
  '#18545f',
  '#0f3f48',
];

const FONTS =
  '"Noto Sans JP", "Hiragino Sans", "BIZ UDPGothic", Meiryo, "Noto Sans CJK JP", system-ui, sans-serif';

export const theme = createTheme({
  colors: { sea },
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'md',
  fontFamily: FONTS,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: FONTS, fontWeight: '700' },
  fontSizes: { xs: '12px', sm: '14px', md: '16px', lg: '18px', xl: '20px' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.7', lg: '1.6', xl: '1.5' },
  respectReducedMotion: true,
});
