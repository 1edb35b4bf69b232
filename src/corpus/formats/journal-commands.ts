/**
 * Journals that astronomers' files name by a command of a LaTeX style (`\apj`). Source: the list of macros of the
 * American Astronomical Society's styles, as the Astrophysics Data System exports them.
 */
const commands: Readonly<Record<string, string>> = {
  aj: 'Astronomical Journal',
  actaa: 'Acta Astronomica',
  araa: 'Annual Review of Astronomy and Astrophysics',
  apj: 'Astrophysical Journal',
  apjl: 'Astrophysical Journal Letters',
  apjs: 'Astrophysical Journal Supplement',
  ao: 'Applied Optics',
  apss: 'Astrophysics and Space Science',
  aap: 'Astronomy and Astrophysics',
  aapr: 'Astronomy and Astrophysics Reviews',
  aaps: 'Astronomy and Astrophysics Supplement',
  baas: 'Bulletin of the American Astronomical Society',
  gca: 'Geochimica et Cosmochimica Acta',
  grl: 'Geophysical Research Letters',
  icarus: 'Icarus',
  jcap: 'Journal of Cosmology and Astroparticle Physics',
  jcp: 'Journal of Chemical Physics',
  jgr: 'Journal of Geophysical Research',
  jqsrt: 'Journal of Quantitative Spectroscopy and Radiative Transfer',
  mnras: 'Monthly Notices of the Royal Astronomical Society',
  memsai: 'Memorie della Società Astronomica Italiana',
  nar: 'New Astronomy Review',
  na: 'New Astronomy',
  nat: 'Nature',
  nphysa: 'Nuclear Physics A',
  pasa: 'Publications of the Astronomical Society of Australia',
  pasj: 'Publications of the Astronomical Society of Japan',
  pasp: 'Publications of the Astronomical Society of the Pacific',
  physrep: 'Physics Reports',
  physscr: 'Physica Scripta',
  planss: 'Planetary and Space Science',
  pra: 'Physical Review A',
  prb: 'Physical Review B',
  prc: 'Physical Review C',
  prd: 'Physical Review D',
  pre: 'Physical Review E',
  prl: 'Physical Review Letters',
  procspie: 'Proceedings of the SPIE',
  qjras: 'Quarterly Journal of the Royal Astronomical Society',
  solphys: 'Solar Physics',
  ssr: 'Space Science Reviews',
}

/** The journal's name; undefined for a command that is not known, which names nothing to readers. */
export function journalOf(venue: string | undefined): string | undefined {
  const command = /^\\([a-z]{1,20})$/i.exec(venue?.trim() ?? '')?.[1]?.toLowerCase()
  if (command === undefined) return venue
  return Object.hasOwn(commands, command) ? commands[command] : undefined
}
