"""Who reaches what: every address of the application, for everybody there is. tests/web/test_access.py holds it true.

A line: the method and the address (after # stands which of several uses is meant), what it is about, and what is expected for

    nobody    somebody who is not signed in
    owner     the person to whom the thing belongs (a sent list or a saved view belongs to a coordinator, papers to print and a hand-out to a trainer)
    learner   another learner of the same unit
    trainer   a trainer of the same unit
    home      a coordinator, the thing being of the own unit
    below     a coordinator, the thing being of a unit below
    away      a coordinator, the thing being of a unit beside the own one
    above     a coordinator, the thing being of the unit above
    admin     an administrator

in one of these words:

    door      led to the door (303 to /login), or told that one is signed out (401); nothing has changed
    absent    there is no such page (404); nothing has changed
    told      led to another page, or told why not (403, 409, 422); nothing has changed
    without   the page or file is given without the thing; of what was asked nothing is done but written down
    seen      the page or file is given, with the thing in it
    done      what was asked is done
    =         the same as in the column before
    .         there is no such case

A thing is `-` where the address is about nothing in particular. `officer` is a person of that unit who is an administrator;
`late` is an attempt that failed, with an answer that came too late, `arranged` a row beside the rules of a quiz; `written` is a course with
drafts that differ from what is live, `taking` a zip that the trainer has sent; `second` is an account that another can be merged with,
`closed` one that was closed, `clerk` a coordinator; `draft` is a text being written, `beside` one beside which the asker's words
wait, `gone` one that was removed, `outline` a course being arranged, `sent` a file that the trainer sends for it.
"""

from dataclasses import dataclass

COLUMNS = ("nobody", "owner", "learner", "trainer", "home", "below", "away", "above", "admin")
WORDS = ("door", "absent", "told", "without", "seen", "done")

TABLE = """
GET  /                                            -            seen   told    =       =       =       =       =       =       =
GET  /login                                       -            seen   told    =       =       =       =       =       =       =
GET  /login/key                                   -            seen   =       =       =       =       =       =       =       =
GET  /login/again                                 -            told   =       =       =       =       =       =       =       =
POST /login                                       -            done   =       =       =       =       =       =       =       =
POST /logout                                      -            told   done    =       =       =       =       =       =       =
GET  /welcome                                     -            seen   =       =       =       =       =       =       =       =
GET  /welcome/<code>                              code         seen   =       =       =       =       =       =       =       =
POST /welcome                                     code         done   =       =       =       =       =       =       =       =
GET  /verify                                      certificate  seen   =       =       =       =       =       =       =       =
GET  /verify/<code>                               certificate  seen   =       =       =       =       =       =       =       =
GET  /healthz                                     -            seen   =       =       =       =       =       =       =       =
GET  /readyz                                      -            seen   =       =       =       =       =       =       =       =
GET  /metrics                                     -            seen   =       =       =       =       =       =       =       =
GET  /robots.txt                                  -            seen   =       =       =       =       =       =       =       =
GET  /static/<path:filename>                      -            seen   =       =       =       =       =       =       =       =

GET  /account                                     device       door   seen    without =       =       =       =       =       =
GET  /account/password                            -            door   seen    =       =       =       =       =       =       =
POST /account/password                            -            door   done    =       =       =       =       =       =       =
POST /account/devices/<int:device>/end            device       door   done    absent  =       =       =       =       =       =
POST /account/devices/end-others                  device       door   done    without =       =       =       =       =       =
POST /account/language                            -            told   done    =       =       =       =       =       =       =

GET  /learn                                       notice       door   seen    without =       =       =       =       =       =
POST /notices/<int:notice>/close                  notice       door   done    absent  =       =       =       =       =       =
GET  /courses                                     course       door   seen    =       =       =       =       =       =       =
GET  /courses/<course>                            course       door   seen    =       =       =       =       =       =       =
POST /courses/<course>/enrol                      course       door   told    done    =       =       =       =       =       =
GET  /courses/<course>/<lesson>                   course       door   seen    told    =       =       =       =       =       =
POST /courses/<course>/<lesson>/complete          course       door   told    =       =       =       =       =       =       =
GET  /courses/<course>/quizzes/<quiz>             course       door   seen    told    =       =       =       =       =       =
POST /courses/<course>/quizzes/<quiz>             course       door   told    =       =       =       =       =       =       =
GET  /courses                                     by-list      door   seen    without =       =       =       =       =       =
GET  /courses/<course>                            by-list      door   seen    absent  =       =       =       =       =       =
POST /courses/<course>/enrol                      by-list      door   told    absent  =       =       =       =       =       =
GET  /courses/<course>/<lesson>                   by-list      door   seen    absent  =       =       =       =       =       =
POST /courses/<course>/<lesson>/complete          by-list      door   done    absent  =       =       =       =       =       =
GET  /courses/<course>/quizzes/<quiz>             by-list      door   seen    absent  =       =       =       =       =       =
POST /courses/<course>/quizzes/<quiz>             by-list      door   done    absent  =       =       =       =       =       =
GET  /laws/<key>                                  -            door   seen    =       =       =       =       =       =       =
GET  /glossary                                    -            door   seen    =       =       =       =       =       =       =
GET  /glossary/<key>                              -            door   seen    =       =       =       =       =       =       =
GET  /courses/<course>/modules/<module>.pdf       course       door   seen    told    =       =       =       =       =       =
GET  /courses/<course>/modules/<module>.pdf       by-list      door   seen    absent  =       =       =       =       =       =
GET  /courses/<course>/<lesson>/forms.pdf         course       door   seen    told    =       =       =       =       =       =
GET  /courses/<course>/<lesson>/forms.pdf         by-list      door   seen    absent  =       =       =       =       =       =
GET  /media/<digest>/<name>                       -            door   seen    =       =       =       =       =       =       =
GET  /attempts/<attempt>                          attempt      door   seen    absent  =       =       =       =       =       =
POST /attempts/<attempt>/answers                  attempt      door   done    absent  =       =       =       =       =       =
POST /attempts/<attempt>/answers#json             attempt      door   done    absent  =       =       =       =       =       =
POST /attempts/<attempt>/answers#finish           attempt      door   done    absent  =       =       =       =       =       =
GET  /attempts/<attempt>/submit                   attempt      door   seen    absent  =       =       =       =       =       =
POST /attempts/<attempt>/submit                   attempt      door   done    absent  =       =       =       =       =       =
GET  /attempts/<attempt>/result                   attempt      door   told    absent  =       =       =       =       =       =
GET  /attempts/<attempt>                          result       door   told    absent  =       =       =       =       =       =
GET  /attempts/<attempt>/result                   result       door   seen    absent  =       =       =       =       =       =
POST /courses/<course>/<lesson>/check/<question>  course       door   seen    told    =       =       =       =       =       =
POST /courses/<course>/<lesson>/check/<question>  by-list      door   seen    absent  =       =       =       =       =       =
POST /attempts/<attempt>/uploads                  spoken       door   done    absent  =       =       =       =       =       =
GET  /uploads/<upload>/received                   announced    door   seen    absent  =       =       =       =       =       =
POST /uploads/<upload>                            announced    door   done    absent  =       =       =       =       =       =
GET  /uploads/<upload>                            recording    door   seen    absent  seen    absent  =       =       =       seen
GET  /certificates                                certificate  door   seen    without =       =       =       =       =       =
GET  /certificates/<code>.pdf                     certificate  door   seen    absent  =       seen    =       absent  =       seen
GET  /certificates/<code>.json                    certificate  door   seen    absent  =       seen    =       absent  =       seen

GET  /author                                      course       door   absent  =       seen    absent  =       =       =       seen
GET  /author/courses/<course>                     course       door   absent  =       seen    absent  =       =       =       seen
GET  /author/texts/<path:path>                    draft        door   absent  =       seen    absent  =       =       =       seen
POST /author/texts/<path:path>                    draft        door   absent  =       done    absent  =       =       =       done
POST /author/texts/<path:path>#json               gone         door   absent  =       done    absent  =       =       =       done
POST /author/look/<path:path>                     draft        door   absent  =       without   absent  =       =       =       without
GET  /author/preview/<path:path>                  draft        door   absent  =       seen    absent  =       =       =       seen
POST /author/preview/<path:path>                  draft        door   absent  =       seen    absent  =       =       =       seen
POST /author/remarks/<path:path>                  draft        door   absent  =       done    absent  =       =       =       done
POST /author/remarks/<path:path>/<int:remark>     draft        door   absent  =       done    absent  =       =       =       done
GET  /author/history/<path:path>                  draft        door   absent  =       seen    absent  =       =       =       seen
POST /author/history/<path:path>                  gone         door   absent  =       done    absent  =       =       =       done
GET  /author/merge/<path:path>                    beside       door   absent  =       seen    absent  =       =       =       seen
POST /author/merge/<path:path>                    beside       door   absent  =       done    absent  =       =       =       done
POST /author/merge/<path:path>#drop               beside       door   absent  =       done    absent  =       =       =       done
GET  /author/find                                 draft        door   absent  =       without   absent  =       =       =       without
POST /author                                      -            door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/move                outline      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/module              outline      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/add                 outline      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/rename              outline      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/duplicate           outline      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/remove              outline      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/bring-back          gone         door   absent  =       done    absent  =       =       =       done
GET  /author/removed                              gone         door   absent  =       seen    absent  =       =       =       seen
POST /author/removed                              gone         door   absent  =       done    absent  =       =       =       done
POST /author/removed/<path:path>                  draft        door   absent  =       done    absent  =       =       =       done
GET  /author/courses/<course>/media               course       door   absent  =       seen    absent  =       =       =       seen
POST /author/courses/<course>/media               course       door   absent  =       told    absent  =       =       =       told
POST /author/courses/<course>/media#json          course       door   absent  =       done    absent  =       =       =       done
GET  /author/files/<upload>                       sent         door   absent  =       seen    absent  =       =       =       =
POST /author/files/<upload>                       sent         door   absent  =       seen    absent  =       =       =       =
GET  /author/banks                                bank         door    absent  =       seen    absent  =       =       =       seen
POST /author/banks                                -            door    absent  =       done    absent  =       =       =       done
GET  /author/banks/<bank>                         bank         door    absent  =       seen    absent  =       =       =       seen
POST /author/banks/<bank>                         bank         door    absent  =       done    absent  =       =       =       done
GET  /author/banks/<bank>/new                     bank         door    absent  =       told    absent  =       =       =       told
GET  /author/banks/<bank>/new/<kind>              bank         door    absent  =       seen    absent  =       =       =       seen
POST /author/banks/<bank>/new/<kind>              bank         door    absent  =       done    absent  =       =       =       done
GET  /author/banks/<bank>/<question>              bank         door    absent  =       seen    absent  =       =       =       seen
POST /author/banks/<bank>/<question>              bank         door    absent  =       done    absent  =       =       =       done
POST /author/banks/<bank>/try                     bank         door    absent  =       seen    absent  =       =       =       seen
GET  /author/alike                                -            door    absent  =       seen    absent  =       =       =       seen
GET  /author/export/<bank>                        bank         door    absent  =       seen    absent  =       =       =       seen
GET  /author/export/<bank>/<chosen>               -            door    absent  =       seen    absent  =       =       =       seen
GET  /author/import                               -            door    absent  =       seen    absent  =       =       =       seen
POST /author/import                               -            door    absent  =       told    absent  =       =       =       told
GET  /author/import/<file>                        questions    door    seen    absent  =       =       =       =       =       =
POST /author/import/<file>                        questions    door    done    absent  =       =       =       =       =       =
GET  /author/import/<file>/<int:item>             questions    door    seen    absent  =       =       =       =       =       =
POST /author/import/<file>/<int:item>             questions    door    done    absent  =       =       =       =       =       =
POST /author/import/<file>/<int:item>/try         questions    door    seen    absent  =       =       =       =       =       =
GET  /author/import/<file>/kept/<job>             questions    door    seen    absent  =       =       =       =       =       =
GET  /author/papers/<quiz>                        papers       door    seen    absent  without absent  =       =       =       without
POST /author/papers/<quiz>                        papers       door    done    absent  done    absent  =       =       =       done
GET  /author/papers/<quiz>/<job>                  papers       door    seen    absent  =       =       =       =       =       seen
GET  /author/papers/<quiz>/<job>/file             papers       door    seen    absent  =       =       =       =       =       seen
GET  /author/courses/<course>/word                hand-out     door    without absent  without absent  =       =       =       without
POST /author/courses/<course>/word                hand-out     door    told    absent  told    absent  =       =       =       told
GET  /author/courses/<course>/word/<file>         hand-out     door    seen    absent  =       =       =       =       =       =
POST /author/courses/<course>/word/<file>         hand-out     door    done    absent  =       =       =       =       =       =
GET  /author/courses/<course>/publish             written      door   absent  =       seen    absent  =       =       =       seen
POST /author/courses/<course>/publish             written      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/publish#later       written      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/approve             approval     door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/renamed             written      door   absent  =       done    absent  =       =       =       done
POST /author/courses/<course>/plans/<plan>/withdraw written      door   absent  =       done    absent  =       =       =       done
GET  /author/courses/<course>/editions            written      door   absent  =       seen    absent  =       =       =       seen
GET  /author/courses/<course>/editions/<int:number> written      door   absent  =       seen    absent  =       =       =       seen
POST /author/courses/<course>/editions/<int:number>/roll-back written      door   absent  =       done    absent  =       =       =       done
GET  /author/courses/<course>/preview             written      door   absent  =       told    absent  =       =       =       told
GET  /author/courses/<course>/preview/<which>/<day> written      door   absent  =       seen    absent  =       =       =       seen
GET  /author/courses/<course>/preview/<which>/<day>/<lesson> written      door   absent  =       seen    absent  =       =       =       seen
POST /author/courses/<course>/preview/<which>/<day>/<lesson>/check/<question> written      door   absent  =       seen    absent  =       =       =       seen
POST /author/courses/<course>/preview/<which>/<day>/<lesson>/complete written      door   absent  =       told    absent  =       =       =       told
GET  /author/courses/<course>/preview/<which>/<day>/quizzes/<quiz> written      door   absent  =       seen    absent  =       =       =       seen
POST /author/courses/<course>/preview/<which>/<day>/quizzes/<quiz> written      door   absent  =       told    absent  =       =       =       told
GET  /author/courses/<course>/preview/<which>/<day>/quizzes/<quiz>/paper/<seed> written      door   absent  =       seen    absent  =       =       =       seen
GET  /author/courses/<course>/translations        written      door   absent  =       seen    absent  =       =       =       seen
POST /author/courses/<course>/translations        written      door   absent  =       done    absent  =       =       =       done
GET  /author/courses/<course>/files.zip           written      door   absent  =       seen    absent  =       =       =       seen
GET  /author/courses/<course>/editions/<int:number>.zip written      door   absent  =       seen    absent  =       =       =       seen
GET  /author/all.zip                        -            door   absent  =       seen    absent  =       =       =       seen
GET  /author/files                                written      door   absent  =       seen    absent  =       =       =       seen
POST /author/files                                -            door   absent  =       done    absent  =       =       =       done
POST /author/fetch                          -            door   absent  =       absent  absent  =       =       =       absent
GET  /author/taking/<taking>                       taking       door   absent  =       seen    absent  =       =       =       seen
POST /author/taking/<taking>                       taking       door   absent  =       done    absent  =       =       =       done
GET  /author/laws                                 law          door   absent  =       seen    absent  =       =       =       seen
GET  /author/laws/new                             -            door   absent  =       seen    absent  =       =       =       seen
POST /author/laws/new                             -            door   absent  =       done    absent  =       =       =       done
GET  /author/laws/<key>                           law          door   absent  =       seen    absent  =       =       =       seen
POST /author/laws/<key>                           law          door   absent  =       done    absent  =       =       =       done
POST /author/laws/<key>/review                    law          door   absent  =       done    absent  =       =       =       done
GET  /author/marking                              -            door   absent  =       seen    absent  =       =       =       seen
GET  /author/marking/<attempt>                    waiting      door   absent  =       seen    absent  =       =       =       seen
POST /author/marking/<attempt>                    waiting      door   absent  =       done    absent  =       =       =       done
GET  /author/quizzes                              course       door   absent  =       seen    absent  =       =       =       seen
POST /author/answer-files                         -            door   absent  =       told    absent  =       =       =       told
GET  /author/quizzes/<course>/<quiz>              arranged     door   absent  =       seen    absent  =       =       =       seen
POST /author/quizzes/<course>/<quiz>/arrange      arranged     door   absent  =       done    absent  =       =       =       done
POST /author/quizzes/<course>/<quiz>/arrange      late         door   absent  =       done    absent  =       =       =       done
POST /author/quizzes/<course>/<quiz>/end          arranged     door   absent  =       done    absent  =       =       =       done
GET  /author/attempts/<attempt>                   late         door   absent  =       seen    absent  =       =       =       seen
POST /author/attempts/<attempt>/more-time         attempt      door   absent  =       done    absent  =       =       =       done
POST /author/attempts/<attempt>/reopen            late         door   absent  =       done    absent  =       =       =       done
POST /author/attempts/<attempt>/accept-late       late         door   absent  =       done    absent  =       =       =       done

GET  /admin/                                      -            door   absent  =       =       told    =       =       =       told
GET  /admin/people                                person       door   absent  =       =       seen    =       without =       seen
GET  /admin/people#search                         person       door   absent  =       =       seen    =       without =       seen
GET  /admin/people/new                            unit         door   .       absent  =       seen    =       without =       seen
POST /admin/people/new                            unit         door   .       absent  =       done    =       told    =       done
GET  /admin/people/<person>                       person       door   absent  =       =       seen    =       absent  =       seen
POST /admin/people/<person>                       person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/code                  person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/move                  person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/leave                 person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/return                person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/disable               person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/enable                closed       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/add-name              person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/drop-name             person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/mail-code             person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/more-time             person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/merge                 person       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/give-role             person       door   absent  =       =       =       =       =       =       done
POST /admin/people/<person>/end-role              clerk        door   absent  =       =       =       =       =       =       done
POST /admin/people/<person>/move                  unit         door   .       absent  =       done    =       absent  =       done
POST /admin/people/<person>/return                unit         door   .       absent  =       done    =       absent  =       done
POST /admin/people/<person>/merge                 second       door   absent  =       =       done    =       absent  =       done
POST /admin/people/<person>/give-role             unit         door   .       absent  =       =       =       =       =       done
POST /admin/people/<person>/code                  officer      door   absent  =       =       told    =       absent  =       done
POST /admin/people/<person>/leave                 officer      door   absent  =       =       told    =       absent  =       done
POST /admin/people/<person>/disable               officer      door   absent  =       =       told    =       absent  =       done
POST /admin/people/<person>/add-name              officer      door   absent  =       =       told    =       absent  =       done
POST /admin/people/<person>/drop-name             officer      door   absent  =       =       told    =       absent  =       done
POST /admin/people/<person>/mail-code             officer      door   absent  =       =       told    =       absent  =       done
POST /admin/people/<person>/merge                 officer      door   absent  =       =       told    =       absent  =       done

GET  /admin/units                                 unit         door   .       absent  =       seen    =       without =       seen
POST /admin/units                                 unit         door   .       absent  =       =       =       told    =       done
GET  /admin/units/<unit>                          unit         door   .       absent  =       seen    =       absent  =       seen
GET  /admin/units/<unit>                          closed-unit  door   .       absent  =       =       =       =       =       =
POST /admin/units/<unit>                          unit         door   .       absent  =       =       =       =       =       done
POST /admin/units/<unit>/close                    empty-unit   door   .       absent  =       =       =       =       =       done
POST /admin/units/<unit>/slips                    unit         door   .       absent  =       done    =       absent  =       done
POST /admin/units/<unit>/codes                    unit         door   .       absent  =       done    =       absent  =       done

GET  /admin/enrolments                            unit         door   .       absent  =       seen    =       without =       seen
POST /admin/enrolments#look                       unit         door   .       absent  =       seen    =       told    =       seen
POST /admin/enrolments#enrol                      unit         door   .       absent  =       done    =       told    =       done
POST /admin/enrolments#withdraw                   unit         door   .       absent  =       done    =       told    =       done
POST /admin/enrolments#extend                     unit         door   .       absent  =       done    =       told    =       done
POST /admin/enrolments#enrol                      second       door   absent  =       =       done    =       without =       done
POST /admin/enrolments#withdraw                   person       door   absent  =       =       done    =       without =       done
POST /admin/enrolments#extend                     person       door   absent  =       =       done    =       without =       done
POST /admin/enrolments#by-word                    person       door   absent  =       =       done    =       without =       done

GET  /admin/people/import                         -            door   absent  =       =       seen    =       =       =       seen
GET  /admin/people/import/sample.xlsx             -            door   absent  =       =       seen    =       =       =       seen
POST /admin/people/import                         -            door   absent  =       =       done    =       =       =       done
GET  /admin/jobs/<job>                            job          door   seen    absent  =       =       =       =       =       seen
POST /admin/jobs/<job>/apply                      job          door   done    absent  =       =       =       =       =       =
GET  /admin/jobs/<job>/output                     job          door   seen    absent  =       =       =       =       =       seen

GET  /admin/reports/completions                   person       door   absent  =       =       seen    =       without =       seen
GET  /admin/reports/completions#csv               person       door   absent  =       =       seen    =       without =       seen
GET  /admin/reports/completions                   unit         door   .       absent  =       seen    =       told    =       seen
GET  /admin/reports/completions#csv               unit         door   .       absent  =       seen    =       told    =       seen
GET  /admin/reports/completions#xlsx              unit         door   .       absent  =       seen    =       told    =       seen
GET  /admin/reports/completions#pdf               unit         door   .       absent  =       seen    =       told    =       seen
GET  /admin/reports/progress                      unit         door   .       absent  =       seen    =       told    =       seen
GET  /admin/reports/progress#xlsx                 unit         door   .       absent  =       seen    =       told    =       seen
GET  /admin/reports/completions#views             view         door   seen    absent  =       without =       =       =       =
POST /admin/views                                 -            door   absent  =       =       done    =       =       =       done
POST /admin/views/delete                          view         door   done    absent  =       =       =       =       =       =
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `expected` holds a word for each column for which there is a case."""

    method: str
    address: str
    use: str
    about: str
    expected: dict[str, str]

    @property
    def named(self) -> str:
        """The address with its use."""
        return f"{self.address}#{self.use}" if self.use else self.address

    def __str__(self) -> str:
        return f"{self.method} {self.named}, {self.about}"


def read_line(text: str) -> Line:
    """A line of the table. Raises ValueError for one that does not hold a known word in every column."""
    method, named, about, *cells = text.split()
    address, _, use = named.partition("#")
    expected: dict[str, str] = {}
    word = "="
    for column, cell in zip(COLUMNS, cells, strict=True):
        word = word if cell == "=" else cell
        if word != "." and word not in WORDS:
            raise ValueError(f"{text}: {word} in the column {column}")
        if word != ".":
            expected[column] = word
    return Line(method, address, use, about, expected)


LINES = tuple(read_line(text) for text in TABLE.splitlines() if text)
