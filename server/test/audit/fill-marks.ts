import { Anchor } from '../../src/audit/anchor.ts';

/** Notes asks in a file until a note fails, and prints their number, in a process of its own. */
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
