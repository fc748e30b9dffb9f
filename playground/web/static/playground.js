// The browser's side: report what a person does, put in what changed, keep focus and typed words.
const here = document.body.dataset;
const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const pathHere = `/${here.me}/${here.place}${here.thread ? `/${here.thread}` : ""}`;

// ---- talking to the server

async function act(wish, surface) {
  surface?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`/${here.me}/do`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wish),
    });
    const said = await answer.json();
    if (!said.ok) toast(said.error);
    return said.ok;
  } catch {
    toast("The playground does not answer. Is it still running?");
    return false;
  } finally {
    await refresh();
    surface?.removeAttribute("aria-busy");
  }
}

let refreshing = null;
let again = false;

function refresh() {
  if (refreshing) {
    again = true;
    return refreshing;
  }
  refreshing = putIn().finally(() => {
    refreshing = null;
    if (again) {
      again = false;
      return refresh();
    }
  });
  return refreshing;
}

async function putIn() {
  const answer = await fetch(`${pathHere}/now`);
  if (!answer.ok) return;
  const { version, parts, troubles } = await answer.json();
  here.version = version;
  const atEnd = new Set(scrollers().filter(isAtEnd));
  const focused = document.activeElement?.id;
  for (const [part, html] of Object.entries(parts)) patch($(`#${part}`), fragment(html));
  $("#thread").hidden = !$("#thread").children.length;
  showModal(focused);
  atEnd.forEach(toEnd);
  markUnseen();
  troubles.forEach(warn);
  if (!$("#traffic").hidden) await loadTraffic();
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// Children are matched by id, or by place where they have none; what did not change stays as it is.
function patch(old, fresh) {
  const kept = new Set();
  let place = null;
  for (const next of [...fresh.children]) {
    const mate = next.id
      ? [...old.children].find((child) => child.id === next.id)
      : [...old.children].find((c) => !c.id && !kept.has(c) && c.tagName === next.tagName);
    const put = mate ? reconcile(mate, next) : next;
    if (!mate) old.insertBefore(next, place ? place.nextSibling : old.firstChild);
    else if (place ? place.nextElementSibling !== put : old.firstElementChild !== put) {
      old.insertBefore(put, place ? place.nextSibling : old.firstChild);
    }
    kept.add(put);
    place = put;
  }
  for (const child of [...old.children]) if (!kept.has(child)) child.remove();
}

function reconcile(mate, next) {
  if (next.matches(".composer") || (next.dataset.key && next.dataset.key === mate.dataset.key)) {
    return mate;
  }
  if (next.matches(".scroll") && !next.dataset.key) {
    patch(mate, next);
    return mate;
  }
  if (mate.isEqualNode(next)) return mate;
  if (next.id === "places") next.classList.toggle("open", mate.classList.contains("open"));
  mate.replaceWith(next);
  return next;
}

// ---- where one looks

const scrollers = () => ["messages", "replies"].map((id) => $(`#${id}`)).filter(Boolean);
const isAtEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 80;
const toEnd = (box) => box.scrollTo({ top: box.scrollHeight });

function showModal(focused) {
  const dialog = $("#modal");
  const form = $("form", dialog);
  if (!form) {
    if (dialog.open) {
      dialog.close();
      $("#composer-text")?.focus();
    }
    return;
  }
  const fresh = dialog.dataset.shown !== form.id + form.dataset.key;
  const another = !dialog.dataset.shown?.startsWith(form.id);
  dialog.dataset.shown = form.id + form.dataset.key;
  if (!dialog.open) dialog.showModal();
  if (!fresh) return;
  all("[data-stamp]", dialog).forEach(fillMoment);
  const wrong = $("[aria-invalid]", form);
  const same = !another && focused && document.getElementById(focused);
  (wrong || same || $("[autofocus], [data-field], footer .primary", form))?.focus();
}

function fillMoment(input) {
  if (!input.dataset.stamp) return;
  const moment = new Date(input.dataset.stamp * 1000);
  input.value = new Date(moment - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function markUnseen() {
  for (const link of all("#sidebar [data-room]")) {
    const key = `seen:${here.me}:${link.dataset.room}`;
    const isHere = link.getAttribute("aria-current") && !document.hidden;
    if (isHere || localStorage.getItem(key) === null) {
      localStorage.setItem(key, link.dataset.newest);
    }
    link.classList.toggle("unseen", link.dataset.newest > (localStorage.getItem(key) ?? ""));
  }
}

function toast(words) {
  const note = document.createElement("p");
  note.textContent = words;
  $("#toasts").append(note);
  setTimeout(() => note.remove(), 7000);
}

let warned = null;

function warn(trouble) {
  warned ??= Number(sessionStorage.getItem("warned") ?? trouble.number - 1);
  if (trouble.number <= warned) return;
  warned = trouble.number;
  sessionStorage.setItem("warned", warned);
  toast(`Refused: ${trouble.says}. See Traffic.`);
}

// ---- forms

function valueOf(field) {
  const kind = field.dataset.type;
  if (field.matches(".ticks")) {
    const ticked = all("input:checked", field).map((box) => box.value);
    return kind === "radio_buttons" ? (ticked[0] ?? null) : ticked;
  }
  if (field.value === "") return null;
  if (kind === "datetimepicker") return Math.floor(new Date(field.value) / 1000);
  if (kind === "rich_text_input") return richText(field.value);
  return field.value;
}

const richText = (text) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
});

const name = (thing) => ({ block: thing.dataset.block, action: thing.dataset.action });
const fieldsOf = (surface) =>
  all("[data-field]", surface).map((field) => ({ ...name(field), value: valueOf(field) }));
const wishFor = (surface, thing) => ({
  surface: { kind: surface.dataset.kind, ref: surface.dataset.ref },
  fields: fieldsOf(surface),
  ...(thing ? name(thing) : {}),
});

// What the app asks before something that cannot be undone.
function confirmed(thing) {
  if (!thing.dataset.confirm) return Promise.resolve(undefined);
  const words = JSON.parse(thing.dataset.confirm);
  const dialog = $("#confirm");
  const title = Object.assign(document.createElement("h2"), { id: "confirm-title" });
  title.textContent = words.title.text;
  const text = document.createElement("p");
  text.textContent = words.text.text;
  const buttons = document.createElement("footer");
  const button = (answer, label, style) => {
    const made = document.createElement("button");
    made.className = `button ${style}`;
    made.textContent = label;
    made.onclick = () => dialog.close(answer);
    buttons.append(made);
  };
  button("no", words.deny.text, "");
  button("yes", words.confirm.text, words.style ?? "primary");
  dialog.replaceChildren(title, text, buttons);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => {
    dialog.onclose = () => done(dialog.returnValue === "yes");
  });
}

const asBase64 = (file) =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done({ name: file.name, content: reader.result.split(",")[1] ?? "" });
    reader.readAsDataURL(file);
  });

// ---- what a person does

async function press(button) {
  const surface = button.closest(".surface");
  const confirm = await confirmed(button);
  if (confirm === false) return;
  const url = button.dataset.url;
  if (url && !url.startsWith("/")) window.open(url, "_blank", "noopener");
  await act({ act: "press", ...wishFor(surface, button), confirm }, surface);
  if (url?.startsWith("/")) location.href = url;
}

async function choose(thing, value) {
  const surface = thing.closest(".surface");
  const confirm = await confirmed(thing);
  if (confirm === false) return refresh();
  await act({ act: "choose", ...wishFor(surface, thing), value, confirm }, surface);
}

async function send(form, words) {
  const box = $("textarea", form);
  const picker = $("input[type=file]", form);
  const text = words ?? box.value.trim();
  if (!text && !picker.files.length) return;
  const files = await Promise.all([...picker.files].map(asBase64));
  box.value = "";
  picker.value = "";
  grow(form);
  const thread = form.dataset.thread;
  await act({ act: "type", text, in: form.dataset.in, thread, files }, form);
  scrollers().forEach(toEnd);
}

function grow(form) {
  const box = $("textarea", form);
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  const hints = $(".commands", form);
  if (hints) hints.hidden = !/^\/\w*$/.test(box.value);
  const picked = $(".picked", form);
  const files = [...$("input[type=file]", form).files];
  picked.hidden = !files.length;
  picked.textContent = files.map((file) => file.name).join(", ");
}

async function loadTraffic() {
  const box = $("#traffic");
  patch(box, fragment(await (await fetch("/traffic")).text()));
}

function toggle(button) {
  const target = document.getElementById(button.dataset.toggle);
  if (target.id === "places") {
    target.classList.toggle("open");
  } else {
    target.hidden = !target.hidden;
    if (!target.hidden) loadTraffic();
  }
  const open = target.id === "places" ? target.classList.contains("open") : !target.hidden;
  all(`[data-toggle=${target.id}]`).forEach((b) => b.setAttribute("aria-expanded", open));
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}

const CLICKS = {
  "[data-press]": press,
  "[data-rate]": (b) => {
    const surface = b.closest(".surface");
    return act({ act: "rate", ...wishFor(surface, b), value: b.dataset.rate === "1" }, surface);
  },
  "[data-choose]": (b) => choose(b, b.dataset.choose),
  "[data-shortcut]": (b) =>
    act({ act: "shortcut", name: b.dataset.shortcut, surface: { ...b.dataset } }, b),
  "[data-say]": (b) => send($("#composer"), b.dataset.say),
  "[data-dismiss]": () => act({ act: "dismiss" }),
  "[data-close]": () => act({ act: "close" }),
  "[data-toggle]": toggle,
  "[data-theme-switch]": switchTheme,
  "[data-tour-begin]": () => tour(0),
  "[data-tour-next]": () => tour(step + 1),
  "[data-tour-close]": () => tour(-1),
};

document.addEventListener("click", (event) => {
  for (const [selector, does] of Object.entries(CLICKS)) {
    const target = event.target.closest(selector);
    if (target) {
      event.preventDefault();
      return does(target);
    }
  }
});

document.addEventListener("change", async ({ target }) => {
  const field = target.closest("[data-field][data-speaks]");
  if (field) return choose(field, valueOf(field));
  if (target.closest(".composer")) return grow(target.closest(".composer"));
  if (!target.matches("[data-upload]")) return undefined;
  const surface = target.closest(".surface");
  const files = await Promise.all([...target.files].map(asBase64));
  return act({ act: "upload", ...wishFor(surface, target), files }, surface);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.matches(".composer")) send(form);
  else if (!form.ariaBusy) act({ act: "submit", ...wishFor(form) }, form);
});

document.addEventListener("input", ({ target }) => {
  if (target.matches(".composer textarea")) grow(target.form);
});

document.addEventListener("keydown", (event) => {
  const inComposer = event.target.matches?.(".composer textarea");
  if (inComposer && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (event.key === "Escape") {
    all("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
  }
});

$("#modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  act({ act: "close" });
});

document.addEventListener(
  "toggle",
  async ({ target }) => {
    if (!target.open || !target.dataset.exchange) return;
    const answer = await fetch(`/traffic/${target.dataset.exchange}`);
    $(".detail", target).innerHTML = await answer.text();
  },
  true,
);

// ---- the tour

let step = -1;

function tour(to) {
  const steps = all("#tour .step");
  step = to < steps.length ? to : -1;
  localStorage.setItem("toured", "yes");
  $("#tour").hidden = step < 0;
  all(".pointed").forEach((thing) => thing.classList.remove("pointed"));
  steps.forEach((each, place) => {
    each.hidden = place !== step;
  });
  if (step < 0) return;
  document.getElementById(steps[step].dataset.pointsAt)?.classList.add("pointed");
  $("[data-tour-next]").textContent = step === steps.length - 1 ? "Done" : "Next";
}

// ---- live

let line = null;

function listen() {
  line ??= new EventSource("/live");
  line.onmessage = ({ data }) => {
    if (data !== here.version) refresh();
  };
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    line?.close();
    line = null;
  } else {
    listen();
    refresh();
  }
});

scrollers().forEach(toEnd);
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
showModal();
markUnseen();
listen();
($("#thread-composer-text") ?? $("#composer-text"))?.focus();
if (here.place === "home") act({ act: "open_home", tab: "home" });
if (here.place === "dm") act({ act: "open_home", tab: "messages" });
if (!localStorage.getItem("toured")) tour(0);
