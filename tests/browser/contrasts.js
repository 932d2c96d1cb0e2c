() => {
  // Contrast of every visible text with the nearest opaque ground, as WCAG 2 defines it.
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = colour => {
    if (!known.has(colour)) {
      probe.clearRect(0, 0, 1, 1);
      probe.fillStyle = colour;
      probe.fillRect(0, 0, 1, 1);
      known.set(colour, [...probe.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const luminance = colour => {
    const [r, g, b] = colour.slice(0, 3).map(value => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = element => {
    const shape = element.closest('svg') && element.parentElement.querySelector('path, circle');
    if (shape) return getComputedStyle(shape).fill;
    for (let here = element; here; here = here.parentElement) {
      const colour = getComputedStyle(here).backgroundColor;
      if (rgba(colour)[3] === 255) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || element.closest('.hidden, title, desc') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const color = element.closest('svg') ? style.fill : style.color;
    const ground = groundOf(element);
    const [lighter, darker] = [luminance(rgba(color)), luminance(rgba(ground))].sort((a, b) => b - a);
    const ratio = (lighter + 0.05) / (darker + 0.05);
    found.push({ text: text.slice(0, 40), color, ground, ratio: Math.round(ratio * 100) / 100 });
  }
  return found;
}
