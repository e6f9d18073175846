import { Html } from './html.ts';

/** How the page looks: on a screen, in the dark, and on paper. */
export const style = new Html(`
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.facts th { width: 16rem; }
.verdict { border-left: .5rem solid; padding: .5rem 1rem; font-size: 1.2rem; }
.good { border-color: #2a2; } .bad { border-color: #d22; } .unknown { border-color: #d90; }
.bar { width: 40%; } .bar span { display: block; height: 1rem; border-radius: .2rem; }
.run { background: #888; } .tables { background: #36c; } .indices { background: #2a8; }
.note { opacity: .7; } pre, code { overflow-wrap: anywhere; white-space: pre-wrap; }
`);
