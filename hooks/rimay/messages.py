"""The words of every problem, in the languages of editors."""

from collections.abc import Mapping
from typing import Final

#: Wording of every problem. ``{found}`` is what the file says; other names come from the check.
MESSAGES: Final[Mapping[str, Mapping[str, str]]] = {
    # reading the file
    "empty_file": {
        "es": "el archivo está vacío; copia el ejemplo de data/README.md o borra el archivo",
        "en": "the file is empty; copy the example in data/README.md or delete the file",
    },
    "huge_file": {
        "es": "el archivo tiene {found} kB; un registro no pasa de {limit} kB: divídelo o quita lo que sobra",
        "en": "the file has {found} kB; a record has at most {limit} kB: split it or remove what is not needed",
    },
    "not_utf8": {
        "es": "el archivo no está en UTF-8 (byte {found}); en el editor elige «Guardar como… UTF-8»",
        "en": "the file is not in UTF-8 (byte {found}); in the editor choose “Save as… UTF-8”",
    },
    "tab": {
        "es": "hay un tabulador; la sangría se hace con dos espacios",
        "en": "there is a tab; indentation is two spaces",
    },
    "control_in_file": {
        "es": "hay un carácter de control invisible ({found}); bórralo",
        "en": "there is an invisible control character ({found}); delete it",
    },
    "bad_yaml": {
        "es": "YAML no se puede leer aquí ({found}); revisa la sangría, las comillas y los dos puntos",
        "en": "YAML cannot be read here ({found}); check indentation, quotes and colons",
    },
    "second_colon": {
        "es": "hay «: » dentro de un texto, o sangría de más; un texto con dos puntos va entre comillas, "
        'como title: "Paro: día uno"',
        "en": "there is “: ” within a text, or too much indentation; text with a colon goes in quotes, "
        'as in title: "Strike: day one"',
    },
    "no_field": {
        "es": "aquí no se entiende dónde empieza un campo; la sangría de los campos es la misma, y después de unas "
        "comillas que cierran no sigue nada: comillas dentro de un texto se escriben «así»",
        "en": "it is not clear here where a field begins; fields have the same indentation, and nothing follows a "
        "closing quotation mark: quotation marks within a text are written “like this”",
    },
    "no_colon": {
        "es": "después del nombre de un campo van dos puntos y un espacio; un texto de varias líneas empieza con «|» "
        "y lleva dos espacios más en cada línea",
        "en": "a colon and a space follow the name of a field; a text of several lines begins with “|” and has two "
        "more spaces on each line",
    },
    "brace_open": {
        "es": "falta una coma o cerrar «}}»; entre llaves, un texto con comas o comillas va entre comillas, "
        'como {{es: "Paro, día uno", en: "Strike, day one"}}',
        "en": "a comma or the closing “}}” is missing; between braces, text with commas or quotation marks goes in "
        'quotes, as in {{es: "Paro, día uno", en: "Strike, day one"}}',
    },
    "bracket_open": {
        "es": "falta una coma o cerrar «]», como en [piura, ica]",
        "en": "a comma or the closing “]” is missing, as in [piura, ica]",
    },
    "quote_open": {
        "es": "las comillas que se abren aquí no se cierran",
        "en": "the quotation marks opened here are not closed",
    },
    "quote_needed": {
        "es": "un texto que empieza con este signo (@, %, `…) va entre comillas",
        "en": "a text that begins with this sign (@, %, `…) goes in quotes",
    },
    "backslash": {
        "es": "entre comillas dobles la barra «\\» se escribe dos veces",
        "en": "between double quotes a backslash is written twice",
    },
    "no_dash": {
        "es": "en una lista, cada elemento empieza con «- » y la misma sangría; lo que sigue de un elemento lleva dos "
        "espacios más que su guion",
        "en": "in a list, each item begins with “- ” and the same indentation; what belongs to an item has two more "
        "spaces than its dash",
    },
    "dash_here": {
        "es": "el guion de una lista va en la línea siguiente, con dos espacios de sangría",
        "en": "the dash of a list goes on the next line, two spaces in",
    },
    "bar_alone": {
        "es": "después de «|» o «>» no se escribe nada; el texto va en las líneas siguientes, con dos espacios más",
        "en": "nothing is written after “|” or “>”; the text goes on the next lines, with two more spaces",
    },
    "too_deep": {
        "es": "hay demasiados niveles, uno dentro de otro; revisa la sangría o los corchetes",
        "en": "there are too many levels, one inside another; check indentation or brackets",
    },
    "too_long": {
        "es": "el texto tiene {found} caracteres y un texto no pasa de {limit}; repártelo en varios",
        "en": "the text has {found} characters and a text has at most {limit}; divide it",
    },
    "two_documents": {
        "es": "hay una línea «---» que abre un segundo documento; un archivo es un registro",
        "en": "a line “---” opens a second document; one file is one record",
    },
    "not_a_mapping": {
        "es": "el archivo debe tener la forma «campo: valor»; mira el ejemplo en data/README.md",
        "en": "the file must have the form “field: value”; see the example in data/README.md",
    },
    "not_a_list": {
        "es": "el archivo debe ser una lista, con un guion por elemento",
        "en": "the file must be a list, one dash an item",
    },
    "duplicate_key": {
        "es": "la clave «{found}» ya está en la línea {first}; deja una sola",
        "en": "the key “{found}” already stands in line {first}; keep only one",
    },
    "yaml_trick": {
        "es": "«{found}» es un atajo de YAML (ancla, alias o etiqueta) que no se usa aquí; escribe el valor, "
        "entre comillas si empieza con & * o !",
        "en": "“{found}” is a YAML shortcut (anchor, alias or tag) not used here; write the value, in quotes if "
        "it begins with & * or !",
    },
    "ambiguous": {
        "es": 'YAML leería «{found}» como otro valor; escríbelo entre comillas: "{found}"',
        "en": 'YAML would read “{found}” as another value; write it in quotes: "{found}"',
    },
    "lost_comment": {
        "es": "lo que sigue a «#» se perdería como comentario; pon todo el texto entre comillas",
        "en": "what follows “#” would be lost as a comment; put the whole text in quotes",
    },
    "not_text_key": {
        "es": "la clave «{found}» no es un texto; las claves van en minúsculas, sin comillas ni listas",
        "en": "the key “{found}” is not text; keys are lower-case words, no quotes or lists",
    },
    "wrong_place": {
        "es": "este archivo no corresponde a esta carpeta; se espera {expected}",
        "en": "this file does not belong in this folder; expected is {expected}",
    },
    "symlink": {
        "es": "es un enlace simbólico y podría publicar un archivo de fuera; pon aquí el archivo mismo",
        "en": "this is a symbolic link and could publish a file from elsewhere; put the file itself here",
    },
    "missing_file": {"es": "falta el archivo", "en": "the file is missing"},
    "bad_file_name": {
        "es": "«{found}» no sirve como identificador; usa minúsculas sin tilde, números y guiones, como "
        "ley-agraria-27360.yml",
        "en": "“{found}” cannot be an id; use lower-case letters without accents, digits and hyphens, as in "
        "agrarian-law-27360.yml",
    },
    "id_inside": {
        "es": "el identificador es el nombre del archivo; borra esta línea",
        "en": "the id is the name of the file; delete this line",
    },
    # one record
    "missing": {"es": "falta este campo; {expected}", "en": "this field is missing; {expected}"},
    "unknown_field": {"es": "no existe este campo{guess}", "en": "there is no such field{guess}"},
    "too_small": {
        "es": "{found} es poco: lo menos es {limit}; {expected}",
        "en": "{found} is too little: the least is {limit}; {expected}",
    },
    "too_large": {
        "es": "{found} es demasiado: lo más es {limit}; {expected}",
        "en": "{found} is too much: the most is {limit}; {expected}",
    },
    "wrong_type": {
        "es": "el valor {found} no sirve; {expected}",
        "en": "the value {found} does not fit; {expected}",
    },
    "not_localised": {
        "es": "se espera el texto en cada idioma, como {{es: …, en: …}}",
        "en": "expected is the text in each language, as in {{es: …, en: …}}",
    },
    "unknown_language": {
        "es": "«{found}» no es un idioma del sitio; los idiomas son {known}",
        "en": "“{found}” is not a language of the site; the languages are {known}",
    },
    "missing_default": {
        "es": "falta el texto en español; agrega es: …",
        "en": "the Spanish text is missing; add es: …",
    },
    "not_text": {
        "es": "en «{language}» YAML leyó {found}, no un texto; escríbelo entre comillas",
        "en": "in “{language}” YAML read {found}, not text; write it in quotes",
    },
    "empty_text": {
        "es": "el texto en «{language}» está vacío; escríbelo o quita la línea",
        "en": "the text in “{language}” is empty; write it or remove the line",
    },
    "control_character": {
        "es": "el texto en «{language}» tiene un carácter de control invisible; vuelve a escribirlo",
        "en": "the text in “{language}” has an invisible control character; type it again",
    },
    "one_line": {
        "es": "el texto en «{language}» debe ser de una línea; usa >- o comillas",
        "en": "the text in “{language}” must be one line; use >- or quotes",
    },
    "one_plain_line": {
        "es": "el valor debe ser una sola línea sin caracteres de control",
        "en": "the value must be one line without control characters",
    },
    "empty_link": {
        "es": "hay un enlace sin dirección; entre los paréntesis va a dónde lleva, como [ley](../laws/ley-27360.md)",
        "en": "a link has no address; where it leads goes between the brackets, as in [law](../laws/ley-27360.md)",
    },
    "unsafe_link": {
        "es": "el enlace «{found}» no se publica; usa https, mailto, tel o una página del sitio",
        "en": "the link “{found}” is not published; use https, mailto, tel or a page of the site",
    },
    "one_text": {
        "es": "aquí va un solo texto, el mismo en todos los idiomas: sin es: ni en:, sin lista",
        "en": "here goes one text, the same in all languages: no es: or en:, no list",
    },
    "quote_word": {
        "es": "YAML toma esta palabra por sí o no; escríbela entre comillas tal como la pusiste",
        "en": "YAML takes this word for yes or no; write it in quotes just as you put it",
    },
    "still_marked": {
        "es": "sigue marcado «cambia esto»: pon lo tuyo en lugar del ejemplo y borra la marca",
        "en": "it is still marked “change this”: put your own in place of the example and delete the mark",
    },
    "string_braces": {
        "es": "la frase tiene {found} y debe tener {other}; lo que va entre llaves no se traduce",
        "en": "the phrase has {found} and must have {other}; what stands in braces is not translated",
    },
    "quote_it": {
        "es": 'YAML leyó {found}, no un texto; escríbelo entre comillas: "{found}"',
        "en": 'YAML read {found}, not text; write it in quotes: "{found}"',
    },
    "not_a_slug": {
        "es": "«{found}» debe tener solo minúsculas sin tilde, números y guiones (hasta 80), como ley-27360",
        "en": "“{found}” must have only lower-case letters without accents, digits and hyphens (80 at most), "
        "as in law-27360",
    },
    "reserved_name": {
        "es": "Windows no admite «{found}» como nombre de archivo; agrega otra palabra, como {found}-sindical",
        "en": "Windows does not allow “{found}” as the name of a file; add another word, as in {found}-union",
    },
    "not_a_url": {
        "es": "«{found}» no es una dirección web completa; empieza con https://",
        "en": "“{found}” is not a complete web address; it begins with https://",
    },
    "not_a_date": {
        "es": "«{found}» no es una fecha; escribe año, año-mes o año-mes-día, como 2012-05-30",
        "en": "“{found}” is not a date; write year, year-month or year-month-day, as in 2012-05-30",
    },
    "impossible_date": {
        "es": "«{found}» no existe en el calendario; revisa el mes y el día",
        "en": "“{found}” is not in the calendar; check month and day",
    },
    "day_needed": {
        "es": "«{found}» debe tener día, como 2012-05-30",
        "en": "“{found}” must have a day, as in 2012-05-30",
    },
    "placeholder_unknown": {
        "es": "el texto usa casillas que no están en placeholders: {found}",
        "en": "the text uses placeholders that are not declared: {found}",
    },
    "placeholder_unused": {
        "es": "hay casillas que ningún texto usa: {found}",
        "en": "there are placeholders that no text uses: {found}",
    },
    "placeholder_twice": {
        "es": "hay casillas declaradas dos veces: {found}",
        "en": "there are placeholders declared twice: {found}",
    },
    "choices_needed": {
        "es": "la casilla «{found}» es de opciones y necesita dos o más en choices",
        "en": "the box “{found}” is one of options and needs two or more in choices",
    },
    "columns_needed": {
        "es": "la casilla «{found}» es una tabla y necesita columns",
        "en": "the box “{found}” is a table and needs columns",
    },
    "not_a_moment": {
        "es": '«{found}» no es un día y una hora; escribe la hora del Perú entre comillas, como "2031-03-04 18:00"',
        "en": '“{found}” is not a day and an hour; write Peruvian time in quotes, as in "2031-03-04 18:00"',
    },
    "action_incomplete": {
        "es": "a una acción de tipo {found} le falta: {missing}",
        "en": "an action of type {found} lacks: {missing}",
    },
    "outlet_or_name": {
        "es": "di el medio una sola vez: outlet, si está en el directorio, o name",
        "en": "say the outlet once: outlet if it is in the register, or name",
    },
    "missing_picture": {
        "es": "no está el archivo docs/assets/pictures/{found}",
        "en": "there is no file docs/assets/pictures/{found}",
    },
    "not_a_picture": {
        "es": "docs/assets/pictures/{found} no se puede leer como fotografía; se espera JPEG, PNG o WebP enteros: "
        "ábrela en el teléfono o la computadora y guárdala otra vez como JPEG",
        "en": "docs/assets/pictures/{found} cannot be read as a picture; expected: a whole JPEG, PNG or WebP: open it "
        "on a phone or computer and save it again as JPEG",
    },
    "huge_picture": {
        "es": "docs/assets/pictures/{found} es demasiado grande; se espera hasta 40 MB y 89 millones de píxeles: "
        "redúcela, por ejemplo a 3000 píxeles de ancho",
        "en": "docs/assets/pictures/{found} is too large; expected: up to 40 MB and 89 million pixels: make it "
        "smaller, for example 3000 pixels wide",
    },
    "release_of_nobody": {
        "es": "una nota de prensa es de una organización; agrega organisations",
        "en": "a press release is by an organisation; add organisations",
    },
    "over_or_not": {
        "es": "la campaña figura como {found} y con fin el {ended}; borra ended, o cambia status a won, lost o ended",
        "en": "the campaign is {found} and has an end, {ended}; delete ended, or change status to won, lost or ended",
    },
    "end_untold": {
        "es": "una campaña con status {found} dice cómo terminó: agrega status_note o closing",
        "en": "a campaign whose status is {found} says how it ended: add status_note or closing",
    },
    "same_action": {
        "es": "hay dos acciones con el id «{found}»",
        "en": "there are two actions with the id “{found}”",
    },
    "one_limit": {
        "es": "un límite tiene una sola medida: words, characters o seconds",
        "en": "a limit has one measure only: words, characters or seconds",
    },
    "over_limit": {
        "es": "el ejemplo en «{language}» tiene {count} {unit} y el límite es {most}: «{found}»; acórtalo o cambia "
        "limit",
        "en": "the example in “{language}” has {count} {unit} and the limit is {most}: “{found}”; shorten it or change "
        "limit",
    },
    "cells": {
        "es": "la fila «{found}» tiene {count} celdas y hay {expected} columnas; sepáralas con « | »",
        "en": "the row “{found}” has {count} cells and there are {expected} columns; put “ | ” between them",
    },
    "rows_alone": {
        "es": "«{found}»: una casilla de tipo rows va sola en una parte de estilo table o entries, y esas partes no "
        "llevan otra cosa",
        "en": "“{found}”: a placeholder of type rows stands alone in a section of style table or entries, and such "
        "sections hold nothing else",
    },
    "profile_twice": {
        "es": "dos casillas usan el mismo dato de la organización (profile): {found}",
        "en": "two placeholders use the same fact of the organisation (profile): {found}",
    },
    "profile_name": {
        "es": "falta la casilla con el nombre de la organización; agrega profile: name a la que lo pide",
        "en": "the placeholder for the organisation's name is missing; add profile: name to the one that asks for it",
    },
    "workbook_without_rows": {
        "es": "workbook: true necesita una casilla de tipo rows: sus columnas son las de la hoja de cálculo",
        "en": "workbook: true needs a placeholder of type rows: its columns are those of the spreadsheet",
    },
    "box_twice": {
        "es": "hay casillas con el mismo id o número: {found}",
        "en": "boxes have the same id or number: {found}",
    },
    "not_forms": {
        "es": "se espera una lista en cada idioma, como {{es: [fueros sindicales], en: [union immunity]}}",
        "en": "expected is a list in each language, as in {{es: [fueros sindicales], en: [union immunity]}}",
    },
    # across records
    "unknown_id": {
        "es": "no existe data/{folder}/{found}.yml{guess}",
        "en": "there is no data/{folder}/{found}.yml{guess}",
    },
    "not_in_list": {
        "es": "«{found}» no está en la lista «{list}» de data/vocabulary.yml{guess}",
        "en": "“{found}” is not in the list “{list}” of data/vocabulary.yml{guess}",
    },
    "same_address": {
        "es": "la dirección /{found} ya la usa {other}; cambia el título, o pon en uno de los dos un slug, como "
        "slug: {{es: paro-dos, en: strike-two}}",
        "en": "the address /{found} is already used by {other}; change the title, or give one of the two a slug, as in "
        "slug: {{es: paro-dos, en: strike-two}}",
    },
    "file_date": {
        "es": "el nombre del archivo debe empezar con la fecha de adentro: {expected}-…",
        "en": "the file name must begin with the date inside: {expected}-…",
    },
    "wrong_year_folder": {
        "es": "el archivo va en la carpeta data/updates/{expected}/",
        "en": "the file belongs in the folder data/updates/{expected}/",
    },
    "minutes_sum": {
        "es": "las actividades suman {found} minutos y la sesión dice {expected}; corrige uno de los dos",
        "en": "the activities add up to {found} minutes and the session says {expected}; correct one of the two",
    },
    "planned_minutes": {
        "es": "el curso dice {found} minutos y la guía {session} dice {expected}; corrige uno de los dos",
        "en": "the course says {found} minutes and the guide {session} says {expected}; correct one of the two",
    },
    "session_without_course": {
        "es": "ningún curso tiene esta sesión; agrégala en sessions de un registro de data/curricula/",
        "en": "no course has this session; add it to sessions in a record of data/curricula/",
    },
    "session_in_two_courses": {
        "es": "esta sesión está más de una vez en los cursos: {found}",
        "en": "this session stands more than once in the courses: {found}",
    },
    "ends_before_start": {
        "es": "{found} es anterior al comienzo, {start}",
        "en": "{found} is before the start, {start}",
    },
    "no_parties": {
        "es": "no dice quiénes acordaron; pon unions, parties o los dos",
        "en": "it does not say who agreed; write unions, parties or both",
    },
    "outside_term": {
        "es": "{found} queda fuera del mandato, que va de {start} a {end}",
        "en": "{found} is outside the term, which runs from {start} to {end}",
    },
    "presented_without_end": {
        "es": "sin ends no se sabe si el pliego llegó a tiempo; pon el vencimiento o quita esta línea",
        "en": "without ends nobody knows whether the petition was in time; write the expiry or remove this line",
    },
    "duplicate_handout": {
        "es": "hay dos hojas con el mismo id: {found}",
        "en": "two handouts have the same id: {found}",
    },
    "same_download": {
        "es": "otra descarga de la sesión ya se llama «{found}»; cambia el título de la hoja",
        "en": "another download of the session is already called “{found}”; change the title of the handout",
    },
    "no_emoji": {
        "es": "«{found}» no se puede imprimir; usa palabras o un signo sencillo como ☐ ✓ →",
        "en": "“{found}” cannot be printed; use words or a plain sign such as ☐ ✓ →",
    },
    "cannot_print": {
        "es": "la hoja «{title}» no se puede imprimir: {found}",
        "en": "the sheet “{title}” cannot be printed: {found}",
    },
    "unknown_box": {
        "es": "la ficha «{form}» no tiene casilla «{found}»; tiene {known}",
        "en": "the form “{form}” has no box “{found}”; it has {known}",
    },
    "over_hundred": {
        "es": "un porcentaje no pasa de 100: {found}; si no es parte de un total, escribe unit: count",
        "en": "a percentage does not exceed 100: {found}; if it is no part of a whole, write unit: count",
    },
    "parts_sum": {
        "es": "las partes suman {found} y ningún valor final es {found} (hay {expected}); corrige uno de los dos",
        "en": "the parts add up to {found} and no end value is {found} (there is {expected}); correct one of the two",
    },
    "own_parent": {
        "es": "la afiliación da vueltas: {found}",
        "en": "the affiliation goes round in a circle: {found}",
    },
    "dead_link": {
        "es": "el enlace «{found}» no lleva a ninguna página; escribe la ruta de un registro, como "
        "../laws/ley-27360.md",
        "en": "the link “{found}” leads to no page; write the path of a record, as in ../laws/ley-27360.md",
    },
    "missing_page": {
        "es": "falta la página {found} en docs/{language}/ y no hay plantilla para ella",
        "en": "the page {found} is missing in docs/{language}/ and there is no template for it",
    },
    "missing_section": {
        "es": "falta la parte del sitio «{found}», que el programa o una plantilla nombra; vuelve a ponerla",
        "en": "the part of the site “{found}” is missing, which the program or a template names; put it back",
    },
    "page_without_section": {
        "es": "la página no está en data/nav.yml; agrégala ahí con su título y dirección",
        "en": "the page is not in data/nav.yml; add it there with its title and address",
    },
    "string_missing": {
        "es": "falta la frase «{found}», que está en {other}",
        "en": "the phrase “{found}” is missing; it is in {other}",
    },
    "term_twice": {
        "es": "«{found}» ya es el id de otra entrada; cambia uno o junta las dos",
        "en": "“{found}” is already the id of another entry; change one or join the two",
    },
    "form_twice": {
        "es": "«{found}» ya está en la entrada {other}; déjalo en una sola",
        "en": "“{found}” already stands in the entry {other}; keep it in one only",
    },
    "bad_alias": {
        "es": "la dirección anterior «{found}» no sirve; escribe la ruta sin dominio, como campanas/ley-agraria",
        "en": "the former address “{found}” does not fit; write the path without the domain, as in news/old-name",
    },
}
