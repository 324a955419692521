// Start: find the room's code, connect, and draw whatever the room says.

import { draw } from "./screens.js";
import { Room } from "./room.js";

/** @type {Room | null} */
let room = null;

const show = () => draw(room, { enter });

function enter(code, name = null, token = "") {
  code = code.trim().toUpperCase();
  if (room?.code !== code || token) {
    room?.hangUp();
    room = new Room(code, show, token);
    history.replaceState(null, "", `#${code}`); // a reload finds the room again
  }
  room?.connect(name);
}

/** Begin with the code that the QR code puts into the address, and the token that a link to come back has. */
function start() {
  const [code, token] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (code) enter(code, null, token);
  else show();
}

// A phone that sleeps, changes its network or goes back to this page has lost its socket, and is often not told.
const wake = () => room?.wake();
addEventListener("online", wake);
addEventListener("pageshow", (event) => event.persisted && wake());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
addEventListener("offline", () => room?.lost());
addEventListener("pagehide", () => room?.hangUp()); // an open socket keeps a page out of the back-forward cache
addEventListener("hashchange", start);
start();
