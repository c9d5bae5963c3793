/** The report's own sheet: the tokens of the desk, plots, tables, and a page that prints well. */
export const STYLES = `
:root{--font:"Hanken Grotesk Variable","Hanken Grotesk","Avenir Next",Avenir,"Segoe UI","Helvetica Neue","Liberation Sans",sans-serif;
--paper:oklch(.965 .003 80);--surface:oklch(1 0 0);--sunk:oklch(.938 .004 80);--ink:oklch(.235 .018 345);--ink-2:oklch(.435 .014 345);
--line-soft:oklch(.895 .005 70);--line-firm:oklch(.6 .01 60);--warn:oklch(.46 .1 65);--warn-soft:oklch(.945 .055 85);--accent:oklch(.42 .135 352);
--left:oklch(.53 .2 30);--right:oklch(.51 .088 183);--left-error:oklch(.53 .2 30/.13);--right-error:oklch(.51 .088 183/.15);
--norm:oklch(.5 .01 70/.17);--norm-line:oklch(.5 .01 70/.6);--grid:oklch(.5 .02 60/.16)}
*{box-sizing:border-box;margin:0}
body{font:420 .9375rem/1.45 var(--font);color:var(--ink);background:var(--paper);font-variant-numeric:tabular-nums}
main{max-width:82rem;margin:auto;padding:1.5rem clamp(1rem,2.5vw,2.5rem) 3rem;display:grid;gap:1.25rem;grid-template-columns:minmax(0,1fr)}
h1{font-size:1.5rem;letter-spacing:-.02em;line-height:1.15}h2{font-size:1.125rem;margin-top:1rem}h3{font-size:1rem;font-weight:620;display:inline}
.soft{color:var(--ink-2)}.tiny{font-size:.8125rem}.small{font-size:.875rem}
.card{background:var(--surface);border:1px solid var(--line-soft);border-radius:12px;padding:1rem 1.1rem}
.tiles{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr))}
.tile p:first-child{color:var(--ink-2)}.caveats h2{margin:0;font-size:1rem}.num{font-size:1.75rem;font-weight:560;letter-spacing:-.02em;line-height:1.15}.num small{font-size:.55em;color:var(--ink-2);font-weight:480}
.curves{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr))}
.plot header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .75rem;align-items:baseline;margin-bottom:.35rem}
.plot svg{width:100%;display:block}.plot text{font:12px var(--font);fill:var(--ink-2)}.wide svg{min-width:38rem;max-width:58rem;margin-inline:auto}.reference{stroke:var(--ink);stroke-width:1.6}
.norm{fill:var(--norm)}.norm-line{stroke:var(--norm-line);fill:none;stroke-dasharray:2 3}.grid{stroke:var(--grid);fill:none}.axis{stroke:var(--line-firm);fill:none}
.series,.stride{fill:none;stroke-linejoin:round;stroke-linecap:round}.series{stroke-width:2.25}.stride{stroke-width:.7;opacity:.4}.outlier{stroke-dasharray:1 4;opacity:.8}
.left{stroke:var(--left)}.right{stroke:var(--right);stroke-dasharray:9 4}.stride.right{stroke-dasharray:none}.stride.outlier{stroke-dasharray:1 4}
.left-error{fill:var(--left-error)}.right-error{fill:var(--right-error)}
.key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;color:var(--ink-2);font-size:.8125rem}.key li{display:flex;gap:.4rem;align-items:center}.key svg{width:34px;height:12px}
.caveats{background:var(--warn-soft);border-color:var(--warn)}.caveats ul{padding-inline-start:1.1rem;margin-top:.35rem}
table{width:100%;border-collapse:collapse;font-size:.875rem}caption{text-align:start;padding-bottom:.5rem}th{text-align:start;font-weight:520;vertical-align:top}thead th{color:var(--ink-2);font-size:.8125rem}
th,td{padding:.4rem .6rem .4rem 0;border-top:1px solid var(--line-soft);vertical-align:top}thead th{border-top:0}.n{text-align:end;white-space:nowrap}.scroll{overflow-x:auto}
.under{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(30rem,100%),1fr));align-items:start}
.sources{padding-inline-start:1.1rem}section>p.tiny{margin-top:.6rem}
@page{size:A4;margin:12mm}
@media print{body{background:#fff;font-size:.8125rem}.card,.plot{break-inside:avoid}main{display:block;padding:0}main>*{margin-bottom:.75rem}h2{break-after:avoid}.curves{grid-template-columns:repeat(3,1fr);gap:.5rem}.card{padding:.5rem .6rem}.tiles{grid-template-columns:repeat(5,1fr)}.num{font-size:1.15rem}.under{grid-template-columns:1fr}.scroll{overflow:visible}.wide svg{min-width:0}.plot h3{font-size:.8125rem}th,td{padding-block:.25rem}}
`;
