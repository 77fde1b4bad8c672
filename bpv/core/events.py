"""Every audit event with its sentence. Names are verb-noun in English; %(…)s come from the event's data."""

from django.utils.translation import gettext_noop as _

# Data of events that are days, and data that are words of ours (not of a person).
DAYS = frozenset({"on", "signed_on"})
WORDS = frozenset({"answer", "fields", "kind", "mode", "party", "result", "to", "where"})

SENTENCES: dict[str, str] = {
    # accounts
    "link_sent": _("Inloglink gestuurd"),
    "link_opened": _("Ingelogd met een link en code"),
    "signed_in": _("Ingelogd"),
    "password_changed": _("Wachtwoord gewijzigd"),
    "profile_changed": _("Bereikbaarheid gewijzigd"),
    "language_changed": _("Taal gewijzigd"),
    "absence_entered": _("Afwezig: %(name)s vanaf %(on)s, vervangen door %(stand_in)s"),
    "absence_removed": _("Niet meer afwezig: %(name)s, vanaf %(on)s"),
    # core
    "mail_sent_again": _("Mail opnieuw verstuurd (%(kind)s)"),
    # exchange
    "school_imported": _("Bestanden ingelezen: %(created)s nieuw, %(changed)s gewijzigd, %(skipped)s niet ingelezen"),
    "placement_imported": _("Ingelezen uit de bestanden van de school"),
    # students
    "student_changed": _("Gegevens van %(name)s gewijzigd"),
    "work_permit_checked": _("Werkvergunning van %(name)s nagekeken: %(answer)s"),
    "guardian_saved": _("Ouder of voogd van %(name)s bewaard"),
    # placements
    "placement_created": _("Plaatsing gemaakt"),
    "placement_changed": _("Plaatsing gewijzigd: %(fields)s"),
    "placement_cancelled": _("Plaatsing vervallen: %(reason)s"),
    "teacher_assigned": _("Bpv-docent toegewezen: %(teacher)s"),
    "search_opened": _("Zoektocht naar een plek begonnen"),
    "search_step_added": _("Zoektocht: %(text)s"),
    "search_agreements_written": _("Afspraken over het zoeken vastgelegd"),
    "search_agreed": _("Akkoord van %(party)s met de afspraken over het zoeken"),
    "search_sbb_consulted": _("Overleg met SBB op %(on)s"),
    "search_decided": _("Besluit op %(on)s: %(result)s"),
    "search_closed": _("Zoektocht afgerond: %(result)s"),
    # companies
    "accreditation_checked": _("Erkenning voor %(crebo)s nagekeken: %(answer)s"),
    "contact_changed": _("Contactpersoon gewijzigd: %(name)s"),
    # agreements
    "annex_saved": _("Bijlage bij de POK van %(programme)s bewaard, versie %(version)s"),
    "pok_made": _("%(number)s gemaakt%(why)s"),
    "pok_supplemented": _("%(number)s aangevuld"),
    "pok_withdrawn": _("%(number)s ingetrokken: %(reason)s"),
    "pok_offered": _("%(number)s aangeboden om te tekenen (%(mode)s)"),
    "pok_signed": _("%(number)s getekend door %(party)s"),
    "pok_sealed": _("%(number)s verzegeld door de school"),
    "pok_ended": _("%(number)s beëindigd per %(on)s: %(reason)s"),
    "pok_sbb_informed": _("%(number)s: SBB ingelicht op %(on)s"),
    "pok_objected": _("%(number)s: %(party)s is het niet eens met wat is toegestuurd"),
    "pok_window_closed": _("%(number)s is definitief: niemand maakte bezwaar"),
    "pok_refused": _("%(number)s geweigerd door %(party)s: %(reason)s"),
    "pok_sent_back": _("%(number)s teruggestuurd door het leerbedrijf: %(kind)s"),
    "pok_remark_settled": _("%(number)s: gereageerd op wat het leerbedrijf terugstuurde (%(kind)s)"),
    "pok_lapsed": _("%(number)s: de termijn om te tekenen is voorbij"),
    "pok_invited_again": _("%(number)s: %(party)s opnieuw uitgenodigd"),
    "pok_paper_sent": _("%(number)s op papier verzonden op %(on)s"),
    "pok_paper_received": _("Origineel van %(number)s ontvangen op %(on)s"),
    "pok_paper_checked": _("Origineel van %(number)s gecontroleerd; het ligt: %(place)s"),
    "pok_scan_kept": _("Kopie van %(number)s bewaard; zij telt niet als handtekening"),
    "pok_filed": _("%(number)s in het %(where)s gezet"),
    # visits
    "talks_proposed": _("%(count)s gesprekken voorgesteld"),
    "talk_planned": _("Gesprek gepland: %(occasion)s op %(on)s"),
    "talk_moved": _("Gesprek verzet: %(occasion)s, nu op %(on)s"),
    "talk_cancelled": _("Gesprek afgezegd: %(occasion)s van %(on)s (%(reason)s)"),
    "calendar_address_made": _("Adres van de eigen agenda gemaakt"),
    "calendar_address_withdrawn": _("Adres van de eigen agenda weggehaald"),
    "contact_logged": _("Contactmoment vastgelegd: %(kind)s op %(on)s"),
    "contact_corrected": _("Verslag gewijzigd van het gesprek op %(on)s"),
    "contact_confirmed": _("Gesprek op %(on)s bevestigd door de praktijkopleider"),
    "contact_point_done": _("Afspraak klaar (%(party)s)"),
    "contact_point_dropped": _("Afspraak vervallen (%(party)s)"),
    "start_told": _("Begin van de bpv: bereikbaarheid van %(teacher)s gemaild"),
    "start_agreements_kept": _("Startafspraken opgeschreven"),
    "guidance_judged": _("Begeleiding door het leerbedrijf beoordeeld: %(result)s"),
    "guidance_followed_up": _("Begeleiding door het leerbedrijf: vervolg"),
    "talk_prepared": _("Gesprek voorbereid door de %(party)s"),
    "leidraad_saved": _("Leidraad van %(programme)s bewaard, versie %(version)s"),
    "watch_started": _("Vinger aan de pols: om de %(count)s weken contact (%(reason)s)"),
    "watch_stopped": _("Vinger aan de pols gestopt"),
    "request_received": _("Vraag ontvangen: %(topic)s"),
    "request_answered": _("Vraag beantwoord: %(topic)s"),
    "request_handed_over": _("Vraag overgedragen aan %(owner)s: %(topic)s"),
    # visits: reports; nothing of whom or what
    "incident_reported": _("Melding gedaan"),
    "incident_step_added": _("Melding: stap toegevoegd"),
    "incident_settled": _("Melding: gegevens bewaard"),
    "duty_made": _("Achterwacht: %(name)s, vanaf %(on)s"),
    "duty_removed": _("Achterwacht weggehaald: %(name)s, vanaf %(on)s"),
    "request_followed_up": _("Vervolg op de vraag: %(topic)s"),
    "request_closed": _("Vraag afgerond: %(topic)s"),
    # deviations
    "deviation_proposed": _("Afwijking voorgesteld: %(rule)s"),
    "deviation_accepted": _("Akkoord met de afwijking: %(rule)s"),
    "deviation_refused": _("Niet akkoord met de afwijking: %(rule)s"),
    # assessment
    "assessment_recorded": _("%(kind)s vastgelegd: %(result)s"),
    "assessment_decided": _("Eindbeoordeling vastgesteld door de school: %(result)s"),
    # compliance
    "message_sent": _("Bericht gestuurd aan %(to)s: %(topic)s"),
    "list_exported": _("Lijst geëxporteerd: %(count)s plaatsingen (%(filter)s)"),
    "poks_packed": _("%(count)s POK's opgehaald in één bestand (%(what)s)"),
    "dossiers_exported": _("Dossiers geëxporteerd: %(count)s POK's"),
    "register_file_made": _("Bestand voor het register gemaakt: %(name)s, %(count)s records"),
    "register_compared": _("Vergeleken met het register: %(count)s verschillen"),
    "register_exported": _("Lijst geëxporteerd: %(name)s, %(count)s rijen"),
    "filter_saved": _("Filter opgeslagen: %(name)s"),
    "filter_removed": _("Filter verwijderd: %(name)s"),
}
