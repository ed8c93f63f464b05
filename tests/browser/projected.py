"""What of a page is too small for a projector."""

# Words whose letters are smaller than 20 pixels, icons and what is hidden aside.
SMALL_WORDS = """() => {
    const words = [];
    const texts = document.createTreeWalker(document.querySelector('[data-testid=stApp]'), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, within = text.parentElement, range = document.createRange();
        if (!text.textContent.trim() || within.closest('style, script, [data-testid=stIconMaterial]')) continue;
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect(), style = getComputedStyle(within);
        // What is only heard is cut off to a pixel.
        if (box.width < 2 || box.height < 2 || style.visibility === 'hidden' || style.clipPath !== 'none') continue;
        if (!within.closest('svg') && parseFloat(style.fontSize) < 20) words.push(text.textContent);
    }
    return words;
}"""
