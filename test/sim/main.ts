import { play } from './world.ts';
let bad=0; const t=performance.now(); const n=Number(process.argv[2]??200); const s0=Number(process.argv[3]??1);
const kinds: Record<string,number> = {}; const ends: Record<string,number>={};let ev=0;
for (let s=s0;s<s0+n;s++){ const h=await play(s); ev+=h.events; for(const[k,v] of Object.entries(h.ends)) ends[k]=(ends[k]??0)+v;
 if(h.violation){bad++; const k=h.violation.invariant; kinds[k]=(kinds[k]??0)+1; if(kinds[k]<=3) console.log(s,h.violation); if(n===1) for(const l of h.trace) console.log(((l.at-Date.UTC(2026,10,20,3))/1000).toFixed(3),l.who,l.what);} }
console.log({bad,kinds,ends,ev, rate:n/((performance.now()-t)/1000)});
