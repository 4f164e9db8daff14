/** The console's own look: plainly a sandbox, plainly not Renkei. */
export const STYLE = `
:root { --ink: #26303a; --line: #d5dbe1; --paper: #fff; --wash: #f4f1ea; --accent: #7a4b12; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--wash);
  font: 14px/1.5 system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline;
  padding: .75rem 1.5rem; background: repeating-linear-gradient(
    -45deg, #fff3d6 0 14px, #ffedc2 14px 28px); border-bottom: 1px solid #e5c98e; }
h1 { margin: 0 0 .75rem; font-size: 1.25rem; } h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
header strong { font-size: 1.05rem; } header p { margin: 0; flex: 1 1 16rem; color: #5d4616; }
.corner { display: flex; gap: 1rem; align-items: baseline; }
.corner form { display: flex; gap: .5rem; }
a { color: var(--accent); }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; }
nav { display: flex; flex-wrap: wrap; gap: .25rem; padding: 0 1.25rem; background: #fff;
  border-bottom: 1px solid var(--line); }
nav a { padding: .6rem .75rem; text-decoration: none; border-bottom: 3px solid transparent; }
nav a:hover { background: var(--wash); }
nav a[aria-current] { border-bottom-color: var(--accent); font-weight: 700; }
main { padding: 1.25rem 1.5rem 3rem; }
.bar { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end;
  justify-content: space-between; }
.bar form, .inline { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
.side { display: flex; gap: .75rem; align-items: end; }
.tall { display: grid; gap: .75rem; max-width: 40rem; justify-items: start; }
.tall label { width: 100%; }
label { display: grid; gap: .15rem; font-size: .8rem; }
input, select, textarea, button, a.button { font: inherit; padding: .3rem .6rem;
  border: 1px solid #77828d; border-radius: 4px; background: #fff; color: inherit;
  min-height: 2rem; }
button { background: var(--accent); border-color: var(--accent); color: #fff; cursor: pointer; }
button.quiet, a.button { background: #fff; color: var(--accent); border-color: var(--accent); }
a.button { text-decoration: none; display: inline-block; }
:focus-visible { outline: 2px solid #1256a8; outline-offset: 2px; }
.said { background: #fff; border-left: 4px solid var(--accent); padding: .5rem .75rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: var(--paper); margin-top: .5rem; }
caption { text-align: left; font-weight: 700; padding: .75rem 0 .4rem; }
caption span { font-weight: 400; margin-left: .75rem; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  vertical-align: top; font-weight: 400; white-space: nowrap; }
thead th { font-weight: 700; font-size: .8rem; background: #faf9f6; }
tbody tr:focus-within { background: #fdf8ec; }
.yen { text-align: right; font-variant-numeric: tabular-nums; }
code { font-size: .9em; } code.wide { white-space: normal; overflow-wrap: anywhere; display: block;
  min-width: 14rem; }
pre { background: #fff; border: 1px solid var(--line); padding: .6rem .8rem; overflow-x: auto;
  white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 .5rem; }
td pre { border: 0; padding: 0; margin: 0; }
.state { padding: .1rem .5rem; border-radius: 3px; border: 1px solid; }
.good { color: #0d5c39; background: #e9f6ef; } .held { color: #114b8a; background: #eaf2fb; }
.gone { color: #4a545e; background: #f1f3f5; }
.actions form { display: inline-flex; gap: .25rem; margin-right: .35rem; }
.actions input { width: 4.5rem; }
.asked { display: inline-block; margin-right: .35rem; white-space: normal; }
.asked summary { cursor: pointer; color: var(--accent); border: 1px solid var(--accent);
  border-radius: 4px; background: #fff; padding: .3rem .6rem; min-height: 2rem; }
.asked p { margin: .35rem 0; max-width: 16rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem;
  background: #fff;
  border: 1px solid var(--line); padding: .75rem 1rem; margin: 0 0 1rem; }
dt { color: #55606b; } dd { margin: 0; font-variant-numeric: tabular-nums; }
.hint { color: #55606b; margin: .35rem 0; } .clock { font-size: 1.4rem; margin: 0 0 .5rem; }
ol { margin: .25rem 0; padding-left: 1.25rem; }
.presses { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
.presses button { text-align: left; }
dialog { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.5rem; }
dialog h2 { margin-top: 0; }
dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; }
`;
