// Draws static/img/map.svg: the land and bands of deeper sea around it, without names. templates/components/world_map.html adds lines, dots and names.
// The land is Natural Earth (public domain), from the npm package world-atlas. To draw the file again:
//   npm install --no-save world-atlas topojson-client d3-geo && node careers/draw_world_map.mjs > static/img/map.svg
import { readFileSync } from "node:fs";
import { geoProjection, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const W = 1440, TOP = 79, BOTTOM = -57, CENTRE = 150;
const miller = (l, p) => [l, 1.25 * Math.log(Math.tan(Math.PI / 4 + 0.4 * p))];
const k = W / (2 * Math.PI);
const yOf = (deg) => k * miller(0, (deg * Math.PI) / 180)[1];
const H = Math.round(yOf(TOP) - yOf(BOTTOM));
const projection = geoProjection(miller).rotate([-CENTRE, 0]).scale(k)
  .translate([W / 2, yOf(TOP)]).clipExtent([[0, 0], [W, H]]).precision(0.3);

// ---- land -------------------------------------------------------------------
const atlas = JSON.parse(readFileSync("node_modules/world-atlas/land-110m.json", "utf8"));
const land = feature(atlas, atlas.objects.land);
const rings = [];
let ring = null;
geoPath(projection, {
  beginPath() {}, closePath() { if (ring) rings.push(ring); ring = null; },
  moveTo(x, y) { ring = [[x, y]]; }, lineTo(x, y) { ring.push([x, y]); }, arc() {},
})(land);

// Visvalingam's simplification of each ring: remove the points whose triangle is smaller than MIN px².
const MIN = 1.1;
const area = (a, b, c) => Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
const thin = (r) => {
  const p = r.slice();
  for (;;) {
    let best = Infinity, at = -1;
    for (let i = 0; i < p.length; i++) {
      const s = area(p[(i + p.length - 1) % p.length], p[i], p[(i + 1) % p.length]);
      if (s < best) { best = s; at = i; }
    }
    if (best > MIN || p.length < 5) return p;
    p.splice(at, 1);
  }
};
const size = (r) => Math.abs(r.reduce((s, p, i) => { const q = r[(i + 1) % r.length]; return s + p[0] * q[1] - q[0] * p[1]; }, 0)) / 2;
const inSliver = (r) => r.every(([x, y]) => x < 80 && y < yOf(TOP) - yOf(69)); // the sliver of Greenland that the map's edge cuts off
const south = (r) => r.every(([, y]) => y > H - 4);
const f = (n) => String(Math.round(n * 2) / 2).replace(/^(-?)0\./, "$1.");
const d = rings.filter((r) => size(r) > 5 && !inSliver(r) && !south(r)).map(thin).map((r) => {
  let [px, py] = r[0].map((n) => Math.round(n * 2) / 2), out = `M${f(px)} ${f(py)}l`;
  r.slice(1).forEach(([x, y], i) => {
    const dx = Math.round(x * 2) / 2 - px, dy = Math.round(y * 2) / 2 - py;
    out += (i && dx >= 0 ? " " : "") + f(dx) + (dy >= 0 ? " " : "") + f(dy); px += dx; py += dy;
  });
  return out + "z";
}).join("");

process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${W} ${H}" width="${W}" height="${H}">
<defs><path id="a" d="${d}"/></defs>
<g fill="none" stroke-linejoin="round"><use xlink:href="#a" stroke="#0e2038" stroke-width="46"/><use xlink:href="#a" stroke="#10253f" stroke-width="26"/><use xlink:href="#a" stroke="#132b48" stroke-width="11"/></g>
<use xlink:href="#a" fill="#213f61" stroke="#3c5f86" stroke-width=".8" stroke-linejoin="round"/></svg>`);

