/** A card as a drawing: 190 × 120, no real design and nobody's data. */
export function CardDrawing() {
  return (
    <g className="card-drawing">
      <rect width="190" height="120" rx="12" className="pic-card" />
      <path
        d="M0 86c38-22 74 10 112-8s56-12 78-24v54a12 12 0 0 1-12 12H12a12 12 0 0 1-12-12z"
        className="pic-card-wave"
      />
      <rect x="16" y="18" width="44" height="54" rx="6" className="pic-card-photo" />
      <circle cx="38" cy="38" r="9" className="pic-mid" />
      <path d="M22 68c1-13 8-19 16-19s15 6 16 19z" className="pic-mid" />
      <path d="M74 26h70M74 42h92M74 58h56" className="pic-card-lines" />
      <rect x="140" y="80" width="30" height="24" rx="4" className="pic-gold" />
      <path d="M140 92h30m-15-12v24" className="pic-gold-lines" />
      <rect width="190" height="120" rx="12" className="pic-outline" />
    </g>
  );
}
