"use strict";
(() => {
  const box = document.getElementById("tip");
  let shown = null;

  // Titles become our own tips: at once, on touch too, and only one kind of them.
  const holders = document.querySelectorAll("svg .hit, svg .tip");
  for (const holder of holders) {
    const title = holder.querySelector("title");
    holder.tipText = title.textContent;
    title.remove();
  }

  const hide = () => {
    if (shown) shown.classList.remove("on");
    shown = null;
    box.hidden = true;
  };

  const show = (holder, x, y) => {
    if (shown !== holder) {
      hide();
      shown = holder;
      holder.classList.add("on");
      box.replaceChildren();
      holder.tipText.split("\n").forEach((line, index) => {
        const row = document.createElement("div");
        if (index === 0) row.className = "tip-head";
        const cut = index > 0 ? line.lastIndexOf(": ") : -1;
        if (cut > 0) {
          const name = document.createElement("span");
          const value = document.createElement("b");
          name.textContent = line.slice(0, cut);
          value.textContent = line.slice(cut + 2);
          row.append(name, value);
        } else {
          row.textContent = line;
        }
        box.append(row);
      });
      box.hidden = false;
    }
    const room = document.documentElement.clientWidth;
    const left = Math.min(Math.max(8, x + 14), room - box.offsetWidth - 8);
    const below = y + 16 + box.offsetHeight < window.innerHeight;
    const top = below ? y + 16 : Math.max(8, y - box.offsetHeight - 12);
    box.style.left = Math.max(8, left) + "px";
    box.style.top = top + "px";
  };

  const over = (event) => {
    const holder = event.target.closest ? event.target.closest("svg .hit, svg .tip") : null;
    if (holder && holder.tipText) show(holder, event.clientX, event.clientY);
    else hide();
  };
  document.addEventListener("pointermove", over, { passive: true });
  document.addEventListener("pointerdown", over, { passive: true });
  window.addEventListener("scroll", hide, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  const year = document.getElementById("year");
  if (year) {
    const choose = () => {
      for (const panel of document.querySelectorAll(".year")) {
        panel.hidden = panel.dataset.year !== year.value;
      }
    };
    year.addEventListener("change", choose);
    choose();
  }

  const broken = document.getElementById("broken");
  if (broken) {
    const filter = () => {
      for (const row of document.querySelectorAll("tr[data-kind]")) {
        row.hidden = broken.checked && row.dataset.kind !== "broken";
      }
    };
    broken.addEventListener("change", filter);
    filter();
  }
})();
