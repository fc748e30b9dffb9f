"""The emoji that people and apps name most; an unknown name stays as it was typed."""

from __future__ import annotations

_NAMES = """
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ warning ⚠️ bulb 💡 memo 📝
question ❓ grey_question ❔ exclamation ❗ eyes 👀 thumbsup 👍 +1 👍
thumbsdown 👎 -1 👎 wave 👋 tada 🎉 rocket 🚀 fire 🔥 lock 🔒 key 🔑 shield 🛡️
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 calendar 📅 date 📅
clock3 🕒 hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ house 🏠
door 🚪 mag 🔍 link 🔗 pushpin 📌 page_facing_up 📄
clipboard 📋 books 📚 book 📖 speech_balloon 💬 bust_in_silhouette 👤 busts_in_silhouette 👥
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ leftwards_arrow_with_hook ↩️ repeat 🔁
red_circle 🔴 large_green_circle 🟢 large_yellow_circle 🟡 large_blue_circle 🔵 white_circle ⚪
black_circle ⚫ gear ⚙️ wrench 🔧 hammer 🔨 test_tube 🧪 microscope 🔬 scales ⚖️ compass 🧭 anchor ⚓
spider_web 🕸️ no_entry ⛔ octagonal_sign 🛑 construction 🚧 zap ⚡ sparkles ✨ star ⭐ seedling 🌱
slightly_smiling_face 🙂 smile 😄 grin 😁 thinking_face 🤔 pray 🙏 clap 👏 muscle 💪 heart ❤️ 100 💯
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣
"""
_WORDS = _NAMES.split()
EMOJI: dict[str, str] = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
