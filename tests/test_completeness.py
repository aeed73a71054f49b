"""Every organisation, law and term that may be published of those the site was drawn from is there."""

import yaml

from rimay.outputs import Site
from tests.conftest import ROOT

#: Unions and their centres, allies, funders, public bodies that the sources name.
ORGANISATIONS = """
    apa banco-mundial catp cgtp cntpe congreso conssat consumer-league-chimbote coressat-lima crtpe csi cut eti
    fed-la-libertad fentaap fentagro fetracepe fmi fntmmsp fnttp fretsai fttp icor ifc ilrf imc mimp
    mineria-piura msn mtpe mtpe-ddff muni-ica muni-lima nestle-unions oit otra-mirada plades poder-judicial sai
    salud-huanuco simehica sitentel sitesav sitobur solidarity-center sunafil sut-spcc sutracems usaid usdol
    usleap wrc
"""
#: Instruments that the sources name, those that guides need, and those of the ILO.
LAWS = """
    apc-eeuu cas const-1993 cp-trabajo-forzoso dl-22342 dleg-728 dleg-892 ds-005-2012-produce ds-005-2012-tr
    ds-011-92-tr ds-014-2012-tr ds-017-2017-tr ds-055-2010-em du-043-2019 igualdad ley-27337 ley-27360 ley-27626
    ley-28806 ley-29245 ley-29497 ley-29733 ley-29741 ley-29783 ley-29981 ley-31087 ley-31110 ley-31188
    ley-31254 ley-31917 ley-32434 lgt oit-c029 oit-c087 oit-c098 oit-c100 oit-c105 oit-c111 oit-c138 oit-c155
    oit-c176 oit-c182 oit-c187 oit-c190 oit-decl-1998 oit-p029 pago prima-textil-1944 reformas-2017
    reformas-2019 rmv tuo-lrct
"""
#: Terms of the field as they are used in Peru.
TERMS = """
    sindicato sindicato-de-empresa sindicato-de-rama federacion central-sindical base afiliacion
    libertad-sindical fuero-sindical licencia-sindical permiso-sindical cuota-sindical estatuto junta-directiva
    secretaria-general asamblea delegada-o-delegado registro-sindical despido-nulo despido-arbitrario reposicion
    practica-antisindical negociacion-colectiva pliego-de-reclamos convenio-colectivo convencion-colectiva
    trato-directo conciliacion arbitraje laudo-arbitral clausula caducidad-del-convenio vigencia
    negociacion-por-rama buena-fe-negocial huelga huelga-improcedente-o-ilegal plazo-de-huelga
    servicios-esenciales-y-servicios-minimos dialogo-social tripartito inspeccion-del-trabajo sunafil
    orden-de-inspeccion medida-de-requerimiento acta-de-infraccion multa denuncia demanda proceso-laboral
    oralidad medida-cautelar carga-de-la-prueba accion-popular amparo contrato-a-plazo-indeterminado
    contrato-a-plazo-fijo desnaturalizacion regimen-laboral regimen-agrario
    regimen-de-exportacion-no-tradicional tercerizacion intermediacion contrata-o-services
    personal-subcontratado planilla boleta-de-pago remuneracion-minima-vital cts gratificacion utilidades
    horas-extras jornada prima-textil cas seguridad-y-salud-en-el-trabajo comite-de-sst
    equipo-de-proteccion-personal enfermedad-profesional trabajo-forzoso trabajo-infantil hostigamiento-sexual
    hora-de-lactancia wawa-wasi trabajo-decente informalidad promotora-o-promotor-sindical incidencia
"""


def test_every_organisation_has_its_record(real_site: Site) -> None:
    assert set(ORGANISATIONS.split()) - real_site.library.ids("organisation") == set()


def test_every_law_has_its_record(real_site: Site) -> None:
    assert set(LAWS.split()) - real_site.library.ids("law") == set()


def test_every_term_is_in_the_glossary() -> None:
    entries = yaml.safe_load((ROOT / "data" / "glossary.yml").read_text("utf-8"))

    assert set(TERMS.split()) - {entry["id"] for entry in entries} == set()


def test_every_organisation_and_law_has_a_page_in_every_language(real_site: Site) -> None:
    expected = {f"organisations/{name}.md" for name in ORGANISATIONS.split()}
    expected |= {f"laws/{name}.md" for name in LAWS.split()}

    for language, pages in real_site.pages.items():
        assert expected - {page.source_uri for page in pages} == set(), language
