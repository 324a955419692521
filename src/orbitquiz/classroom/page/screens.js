// Draw what a player sees. Text from a room is text: it goes into text nodes and is never parsed.

const TICK = 250; // milliseconds
const SOON = 10; // seconds left, of which a screen reader is told

/** @type {View | null} */
let shown = null;
let ticking = 0;

/** Show the screen for how the room is now; where it is the same one, change only what has changed. */
export function draw(/** @type {Room | null} */ room, actions) {
  const screen = screenOf(room, actions);
  drawBar(room);
  if (shown?.key !== screen.key) {
    clearInterval(ticking);
    shown = screen;
    const main = byId("main");
    main.replaceChildren(...there(screen.nodes));
    document.title = `${screen.title} · OrbitQuiz`;
    /** @type {HTMLElement | null} */ (main.querySelector("input") ?? main.querySelector("h1"))?.focus();
    scrollTo(0, 0);
    if (room && screen.update) ticking = setInterval(() => shown?.update?.(room), TICK);
  }
  if (room) shown.update?.(room);
}

/** @returns {View} */
function screenOf(/** @type {Room | null} */ room, actions) {
  if (!room) return codeScreen(actions, "");
  if (room.refusal) return refusalScreen(room, room.refusal, actions);
  const scene = room.scene;
  switch (scene?.type) {
    case undefined: return plain("connecting", "Connecting…", `Room ${room.code}`);
    case "lobby": return lobbyScreen(room);
    case "progress": return progressScreen(room, scene);
    case "question": return questionScreen(room, scene);
    case "reveal": return revealScreen(room, scene);
    case "skipped": return plain(
      `skipped ${scene.number}`, `Question ${scene.number} was voided`, "It doesn't count. The next one comes soon.");
    case "ended": return endScreen(room, scene);
  }
}

function drawBar(/** @type {Room | null} */ room) {
  const welcome = room?.welcome;
  byId("where").textContent = welcome?.title ?? "OrbitQuiz";
  byId("who").textContent = welcome ? [welcome.name, welcome.team].filter(Boolean).join(" · ") : "";
  byId("score").textContent = room && room.score !== null ? `${room.score} points` : "";
  const isLost = Boolean(room?.scene && !room.isConnected && !room.refusal);
  const banner = byId("banner");
  banner.hidden = !isLost;
  set(banner, isLost ? "Connection lost. Reconnecting… Your answers are safe." : "");
}

function codeScreen(actions, why) {
  const input = field("code", "Room code", { autocapitalize: "characters", autocomplete: "off", maxLength: 12 });
  return {
    key: `code ${why}`, title: "Join",
    nodes: [
      heading("Join a game"), why && el("p", { className: "problem", role: "alert" }, why),
      form([input], "Next", () => actions.enter(input.value)),
      el("p", { className: "quiet" }, "The code is on the projector."),
    ],
  };
}

function refusalScreen(
  /** @type {Room} */ room, /** @type {Refusal} */ refusal, actions) {
  const { reason, text } = refusal;
  if (reason === "no-room") return codeScreen(actions, text);
  const asksName = reason.startsWith("name-");
  if (asksName || (reason === "kicked" && room.seat.name)) {
    const input = field("name", "Your name", { autocomplete: "nickname", maxLength: 40, value: room.seat.name ?? "" });
    input.dir = "auto";
    return {
      key: `${reason} ${text}`, title: "Your name",
      nodes: [
        heading(asksName ? `Room ${room.code}` : "You were removed"),
        reason !== "name-missing" && el("p", { className: "problem", role: "alert" }, text),
        form([input], asksName ? "Join" : "Come back", () => actions.enter(room.code, input.value)),
        el("p", { className: "quiet" }, "Everybody in the class can see this name."),
      ],
    };
  }
  const again = reason === "elsewhere" ? "Play here instead" : ["locked", "full", "closed"].includes(reason) && "Try again";
  return {
    key: `${reason} ${text}`, title: "Not in the room",
    nodes: [
      heading(reason === "closed" ? "The room is closed" : "Not in the room"), el("p", {}, text),
      again && button(again, () => actions.enter(room.code)),
    ],
  };
}

/** @returns {View} */
function lobbyScreen(/** @type {Room} */ room) {
  const count = el("p", { className: "quiet" });
  return {
    key: `lobby ${room.welcome?.name}`, title: "Waiting",
    nodes: [
      heading("You're in, ", el("bdi", {}, room.welcome?.name ?? "")),
      el("p", {}, "The game starts when your host is ready."), count,
    ],
    update: ({ scene }) => {
      if (scene?.type === "lobby") set(count, scene.players === 1 ? "1 player" : `${scene.players} players`);
    },
  };
}

function progressScreen(/** @type {Room} */ room, /** @type {Progress} */ progress) {
  const { answered, total, right, closes, to_answer } = progress;
  const link = `${location.href.split("#")[0]}#${room.code}/${room.seat.token}`;
  return {
    key: `progress ${answered}`, title: "Your progress",
    nodes: [
      heading(`${answered} of ${total} answered${right === null ? "" : `, ${right} right`}`),
      closes && el("p", {}, `Closes ${new Date(closes).toLocaleString([], { dateStyle: "full", timeStyle: "short" })}.`),
      to_answer.length ? button("Go on", () => room.goOn())
        : el("p", {}, right === null ? "The answers are shown once the room has closed." : "You have answered everything."),
      el("details", {}, el("summary", {}, "Go on from another device"),
        el("p", {}, "Open this link there. It is yours alone:"), el("code", {}, link)),
    ],
  };
}

/** @returns {View} */
function questionScreen(/** @type {Room} */ room, /** @type {Question} */ question) {
  const buttons = question.options.map((option, index) => {
    const item = button("", () => room.answer(option.id));
    item.className = "option";
    item.append(el("b", { ariaHidden: "true" }, "ABCDEFGH"[index]), block("span", option.text));
    return item;
  });
  const bar = el("progress", { max: 1, ariaHidden: "true" });
  const left = el("span", { id: "left" });
  const clock = el("p", { id: "clock" }, left, bar);
  const status = el("p", { id: "status" });
  const list = el("ol", { className: "options" }, ...buttons.map((item) => el("li", {}, item)));
  let isTold = false;
  return {
    key: `question ${question.number} ${buttons.length} ${question.attempts}`, title: `Question ${question.number} of ${question.total}`,
    nodes: [
      about(question), heading(question.stem), ...question.passages.map(figure), clock, list, status,
      question.attempts !== null && button("Next", () => room.goOn()),
    ],
    update: (now) => {
      const scene = now.scene;
      if (scene?.type !== "question") return;
      const seconds = secondsLeft(now, scene);
      const picked = now.picked;
      const isClosed = !now.isOpen || seconds === 0 || Boolean(now.answerRefusal);
      list.hidden = scene.is_paused;
      buttons.forEach((item, index) => {
        const isPick = question.options[index].id === picked;
        item.disabled = isClosed || scene.wrong.includes(question.options[index].id);
        item.classList.toggle("picked", isPick);
        item.setAttribute("aria-pressed", String(isPick));
      });
      clock.hidden = seconds === null;
      if (seconds !== null && scene.limit) {
        set(left, scene.is_paused ? "Paused" : `${Math.ceil(seconds)} s`);
        bar.value = seconds / scene.limit;
        bar.classList.toggle("soon", seconds <= SOON);
        if (seconds <= SOON && !isTold && !isClosed && scene.limit > SOON) {
          isTold = true;
          announce(`${SOON} seconds left`);
        }
      }
      const words = statusOf(now, scene, seconds);
      if (set(status, words) && words) announce(words);
    },
  };
}

function statusOf(/** @type {Room} */ room, /** @type {Question} */ question, /** @type {number | null} */ left) {
  if (room.answerRefusal) return room.answerRefusal.text;
  if (question.is_paused) return "Paused by the host.";
  if (question.reading !== null) return "Read the question. The answers follow.";
  if (question.attempts !== null && room.isKept && !room.seat.answer) {
    const left = question.attempts ? ` ${question.attempts} more ${question.attempts === 1 ? "try" : "tries"}.` : "";
    return question.wrong.length ? `✗ Not right.${left}` : `✓ Answer saved.${left}`;
  }
  if (!question.plays) return "You joined after this question started. You play from the next one.";
  if (room.isKept) return "✓ Answer saved. Waiting for the others…";
  if (room.picked !== null) return room.isConnected ? "Sending your answer…" : "Your answer will be sent when you are back online.";
  return left === 0 ? "Time's up." : "";
}

function secondsLeft(/** @type {Room} */ room, /** @type {Question} */ question) {
  if (question.left === null || question.reading !== null) return null;
  const passed = question.is_paused ? 0 : (performance.now() - room.toldAt) / 1000;
  return Math.max(question.left - passed, 0);
}

function revealScreen(/** @type {Room} */ room, /** @type {Reveal} */ reveal) {
  const { question, yours } = reveal;
  return {
    key: `reveal ${question.number}`, title: verdictOf(reveal),
    nodes: [
      about(question), heading(verdictOf(reveal)), el("p", { className: "points" }, pointsOf(yours)), placeOf(yours),
      block("p", question.stem, "stem"), ...answerOf(reveal),
      room.welcome?.pace === "own" && button("Next", () => room.goOn()),
    ],
  };
}

function endScreen(/** @type {Room} */ room, /** @type {Ended} */ ended) {
  return {
    key: "ended", title: "The end",
    nodes: [
      heading(`${ended.right} of ${ended.of} right`),
      el("p", { className: "points" }, `${ended.score} points`), placeOf(ended),
      ended.code && el("p", {}, "Play this quiz again: ", el("code", {}, `orbitquiz play --quiz ${ended.code}`)),
      ended.questions.length > 0 && el("h2", {}, "Every question, with its proof"),
      ...ended.questions.map((reveal) => el("details", {},
        el("summary", {}, `${signOf(reveal)} `, el("bdi", {}, reveal.question.stem)), ...answerOf(reveal))),
    ],
  };
}

function signOf(/** @type {Reveal} */ { yours }) {
  return yours.is_right ? "✓" : yours.picked ? "✗" : "–";
}

function verdictOf(/** @type {Reveal} */ { yours }) {
  if (yours.is_right) return "✓ Right";
  if (yours.picked) return "✗ Wrong";
  return yours.plays ? "No answer" : "You watched this one";
}

function pointsOf(/** @type {{points: number, score: number}} */ yours) {
  return yours.points ? `+${yours.points} points` : "No points this time";
}

function answerOf(/** @type {Reveal} */ { question, yours }) {
  const texts = new Map(question.options.map((option) => [option.id, option.text]));
  const options = yours.order.map((id) => {
    const isKey = id === question.key, isPick = id === yours.picked;
    const words = [isKey && "right answer", isPick && "your answer"].filter(Boolean).join(", ");
    const votes = question.votes[id] ?? 0;
    return el("li", { className: isKey ? "option key" : isPick ? "option wrong" : "option" },
      el("b", { ariaHidden: "true" }, isKey ? "✓" : isPick ? "✗" : ""), block("span", texts.get(id) ?? ""),
      el("small", {}, [words, votes === 1 ? "1 pick" : `${votes} picks`].filter(Boolean).join(" · ")));
  });
  const { proof } = question;
  return [
    el("ul", { className: "options" }, ...options),
    yours.remark && block("p", `Your answer: ${yours.remark}`, "remark"),
    block("p", proof.statement, "statement"),
    ...proof.shown.map(figure),
    proof.also.length > 0 && block("p", `Also: ${proof.also.join("; ")}`, "quiet"),
    proof.note && block("p", `Note: ${proof.note}`, "quiet"),
  ];
}

function figure(/** @type {Passage} */ passage) {
  return el("figure", {},
    el("figcaption", { dir: "auto" }, passage.heading), el("blockquote", { dir: "auto" }, ...marked(passage)));
}

/** A passage with its quotations marked. Marks count code points, of which some are two characters here. */
function marked(/** @type {Passage} */ { text, marks }) {
  const letters = Array.from(text);
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push(letters.slice(at, Math.max(at, start)).join(""));
    if (end > at) parts.push(el("mark", {}, letters.slice(Math.max(at, start), end).join("")));
    at = Math.max(at, end);
  }
  return [...parts, letters.slice(at).join("")];
}

function placeOf(/** @type {Pick<Yours, "rank" | "tied" | "players" | "team" | "team_rank">} */ of) {
  if (of.rank === null) return "";
  const shared = of.tied ? `, shared with ${of.tied}` : "";
  const team = of.team && of.team_rank ? `. Team ${of.team}: place ${of.team_rank}` : "";
  return el("p", {}, `Place ${of.rank} of ${of.players}${shared}${team}`);
}

function plain(key, title, words) {
  return { key, title, nodes: [heading(title), el("p", {}, words)] };
}

/** Which question it is, of which category, and whether sources differ on it. */
function about(/** @type {Pick<Question, "number" | "total" | "category" | "sources_differ">} */ question) {
  const words = [`Question ${question.number} of ${question.total}`, question.category];
  if (question.sources_differ) words.push("sources differ");
  return block("p", words.join(" · "), "about");
}

/** The heading of a screen, which takes the focus so that a screen reader reads it. */
function heading(/** @type {(string | Node)[]} */ ...words) {
  return el("h1", { tabIndex: -1, dir: "auto" }, ...words);
}

function block(/** @type {"p" | "span"} */ tag, text, className = "") {
  return el(tag, { dir: "auto", className }, text);
}

function button(words, press) {
  const made = el("button", { type: "button" }, words);
  made.addEventListener("click", press);
  return made;
}

/** @returns {HTMLInputElement} */
function field(id, label, about) {
  return el("input", { id, name: id, ariaLabel: label, placeholder: label, required: true, ...about });
}

function form(inputs, words, submit) {
  const made = el("form", {}, ...inputs, el("button", {}, words));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return made;
}

function announce(words) {
  byId("live").textContent = words;
}

/** Change the text of `node` if it is another one; true if it was. */
function set(/** @type {Node} */ node, words) {
  if (node.textContent === words) return false;
  node.textContent = words;
  return true;
}

/** @returns {HTMLElement} */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @type {MakeElement} */
const el = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...there(children));
  return made;
};

/** Those of `parts` that are there. */
const there = (/** @type {Part[]} */ parts) => /** @type {(Node | string)[]} */ (parts.filter(Boolean));
