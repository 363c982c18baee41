/** The one style of the local pages; light or dark as the reader's system is. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f5f2; --card: #fff; --line: #dedbd3; --ink: #22211e; --soft: #66625a;
  --accent: #0b6b63; --on-accent: #fff; --good: #1d6b37; --bad: #a32222; --code: #efede7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #171817; --card: #212322; --line: #393c3a; --ink: #ecebe7; --soft: #a6a39b;
    --accent: #6cc9be; --on-accent: #0d1f1d; --good: #86d49c; --bad: #f0a3a3; --code: #2b2e2c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; padding-bottom: 1rem; }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: -.01em; }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
main { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); padding-bottom: 3rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; min-width: 0; }
.wide { grid-column: 1 / -1; }
.columns { display: grid; align-items: start; gap: 1.25rem 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child > * { border-bottom: 0; }
th { font-weight: 600; }
thead th { color: var(--soft); font-size: .8rem; }
code, pre, .mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .875em; }
code { overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: .5rem; padding: .75rem; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; font-size: .875rem; margin-bottom: .25rem; }
input, select { width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; padding: .45rem .6rem; }
button { font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .5rem; padding: .45rem .9rem; cursor: pointer; }
button.plain { color: var(--accent); background: transparent; }
button.danger { color: var(--bad); background: transparent; border-color: var(--bad); }
button[aria-busy=true] { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form { display: grid; gap: .75rem; margin: 0; }
.row { display: flex; gap: .6rem; flex-wrap: wrap; align-items: end; }
.row > div { flex: 1 1 10rem; }
output { display: block; margin-top: .75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
output:empty { display: none; }
.good { color: var(--good); } .bad { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
@media (prefers-reduced-motion: no-preference) { button { transition: opacity .15s; } }
`;
