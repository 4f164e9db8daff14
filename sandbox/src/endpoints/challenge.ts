import type { Authorization, Challenge } from '../ledger/entities.ts';
import type { Situation } from './outcome.ts';

/** 3-D Secure, as authm begins it: OUTPUT, then HTML for the browser (protocol §7). */
const CHALLENGE_LIFE_MS = 15 * 60_000;

/** Opens a challenge for an authorization for a quarter of an hour; this time is invented. */
export function openChallenge(
  authorization: Authorization,
  settleno: string | null,
  { numbers, now }: Situation,
): Challenge {
  return { key: numbers.key(), authorization, settleno, expiresAt: now + CHALLENGE_LIFE_MS };
}

/** Returns the path that takes the challenge's answer. The path is the sandbox's own. */
export function challengePath({ key }: Challenge): string {
  return `/sandbox/3ds/${key}`;
}

/**
 * Returns the answer's lines. The HTML that the shop sends on to the browser goes to the challenge
 * by itself, or by a press if scripts are off. It is one line: known clients keep the second line.
 */
export function challengeLines(challenge: Challenge, origin: string): string[] {
  const url = `${origin}${challengePath(challenge)}`;
  return [
    'OUTPUT',
    [
      '<!DOCTYPE html>',
      '<html lang="ja"><head><meta charset="EUC-JP"><title>3Dセキュア</title>',
      `<meta http-equiv="refresh" content="0;url=${url}"></head>`,
      `<body><form method="get" action="${url}"><p>カード会社の本人認証ページへ移動します。</p>`,
      '<button>本人認証へ進む</button></form></body></html>',
    ].join(''),
  ];
}
