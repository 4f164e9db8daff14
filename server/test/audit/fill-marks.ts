import { Anchor } from '../../src/audit/anchor.ts';

/** Notes asks in a file until one cannot be noted, and tells how many were: a process of its own. */
const anchor = await Anchor.open(process.argv[2] ?? '');
let noted = 0;
try {
  for (;;) {
    anchor.note({ shopId: 'hanamichi', what: 'mail', id: String(noted + 1), n: 1 });
    noted += 1;
  }
} catch {
  console.log(noted);
}
