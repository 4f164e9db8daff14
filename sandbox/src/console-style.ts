/** The console's own look: plainly a sandbox, plainly not Renkei. */
export const STYLE = `
:root { --ink: #26303a; --line: #d5dbe1; --paper: #fff; --wash: #f4f1ea; --accent: #7a4b12; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--wash);
  font: 14px/1.5 system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline;
  padding: .75rem 1.5rem; background: repeating-linear-gradient(
    -45deg, #fff3d6 0 14px, #ffedc2 14px 28px); border-bottom: 1px solid #e5c98e; }
h1 { margin: 0; font-size: 1.1rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
header p { margin: 0; flex: 1; color: #5d4616; } a { color: var(--accent); }
main { padding: 1rem 1.5rem 3rem; }
.bar { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; }
.bar form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
label { display: grid; gap: .15rem; font-size: .8rem; }
input, select, button { font: inherit; padding: .3rem .6rem; border: 1px solid #8b97a3;
  border-radius: 4px; background: #fff; color: inherit; min-height: 2rem; }
button { background: var(--accent); border-color: var(--accent); color: #fff; cursor: pointer; }
button.quiet { background: #fff; color: var(--accent); }
:focus-visible { outline: 2px solid #1256a8; outline-offset: 2px; }
.said { background: #fff; border-left: 4px solid var(--accent); padding: .5rem .75rem; }
table { border-collapse: collapse; width: 100%; background: var(--paper); margin-top: .5rem; }
caption { text-align: left; font-weight: 700; padding: .75rem 0 .4rem; }
caption span { font-weight: 400; margin-left: .75rem; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  vertical-align: top; font-weight: 400; white-space: nowrap; }
thead th { font-weight: 700; font-size: .8rem; background: #faf9f6; }
.yen { text-align: right; font-variant-numeric: tabular-nums; }
code { font-size: .85em; }
.state { padding: .1rem .5rem; border-radius: 3px; border: 1px solid; }
.good { color: #0d5c39; background: #e9f6ef; } .held { color: #114b8a; background: #eaf2fb; }
.gone { color: #55606b; background: #f1f3f5; }
.actions form { display: inline-flex; gap: .25rem; margin-right: .35rem; }
.actions input { width: 6rem; }
details { display: inline-block; } summary { cursor: pointer; color: var(--accent); }
ol { margin: .25rem 0; padding-left: 1.25rem; }
.wire { list-style: none; padding: 0; background: #fff; }
.wire li { display: grid; gap: .1rem; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
.wire code { overflow-wrap: anywhere; } .wire em { color: #a11; }
@media (max-width: 800px) { main { overflow-x: auto; } }
`;
