/* SPDX-License-Identifier: Apache-2.0 */
/* The tables. Adding a common spelling is adding it to a line here. */
#include "features/import/import_concepts.h"

#include <assert.h>

static const ImportConcept relations[] = {
    {"mother|mom|mum|mommy|mama|madre|mami|biological mother|bio mom", "parent", false},
    {"father|dad|daddy|papa|padre|papi|biological father|bio dad", "parent", false},
    {"parent|parents|padres|madre o padre|padre o madre|mother or father", NULL, true},
    {"stepparent|stepmother|stepmom|stepfather|stepdad|madrastra|padrastro", "parent", false},
    {"grandmother|grandma|granny|nana|abuela|abuelita", "grandparent", false},
    {"grandfather|grandpa|abuelo|abuelito", "grandparent", false},
    {"grandparent|grandparents|abuelos|abuela o abuelo|abuelo o abuela", "kinship", false},
    {"aunt|auntie|tia", "kinship", false},
    {"uncle|tio", "kinship", false},
    {"sibling|sister|brother|hermana|hermano", "kinship", false},
    {"kinship|relative|family member|other family|kin|kinship caregiver|other "
     "relative|familiar|pariente|otro familiar",
     NULL, false},
    {"foster parent|foster mother|foster mom|foster father|foster dad|foster|resource parent|madre de "
     "crianza|"
     "padre de crianza|madre o padre de crianza|padres de crianza|familia de acogida|acogida",
     NULL, false},
    {"adoptive parent|adoptive mother|adoptive mom|adoptive father|adoptive dad|madre adoptiva|padre "
     "adoptivo",
     "parent", false},
    {"guardian|legal guardian|tutor|tutora|tutor legal|caregiver|other caregiver|otra persona que cuida",
     NULL, false},
    {"self|youth|myself|me|young person|young adult|i am the young person|yo|yo mismo|yo misma|joven|"
     "persona joven",
     NULL, false},
};

static const ImportConcept experiences[] = {
    {"anxiety|panic|panic attacks|worry|ansiedad|panico", NULL, false},
    {"depression|sadness|depresion|tristeza", NULL, false},
    {"adhd|add|attention|hyperactivity|tdah|deficit de atencion", NULL, false},
    {"autism|asd|autistic|asperger|autismo|espectro autista", NULL, false},
    {"psychosis|hearing voices|schizophrenia|psicosis|oir voces|esquizofrenia", NULL, false},
    {"bipolar|mood swings|trastorno bipolar", NULL, false},
    {"ocd|toc|compulsions", NULL, false},
    {"eating|eating disorder|eating disorders|anorexia|bulimia|alimentacion|trastorno alimentario", NULL,
     false},
    {"self harm|selfharm|self injury|cutting|autolesion|autolesiones|hacerse dano", NULL, false},
    {"suicide|suicidal|suicidal thoughts|suicidio|pensamientos suicidas", NULL, false},
    {"grief|loss|bereavement|duelo|perdida", NULL, false},
    {"trauma|ptsd|abuse|abuso|violence|violencia|something terrible", NULL, false},
    {"substance use|substances|substance abuse|drugs|drug use|alcohol|addiction|sud|sustancias|uso de "
     "sustancias|"
     "consumo de sustancias|drogas|adiccion",
     NULL, false},
    {"hospital stay|hospital stays|hospital|inpatient|hospitalization|hospitalizacion|estancia en el "
     "hospital|"
     "hospitalizaciones",
     NULL, false},
    {"residential|residential treatment|living away from home|residential care|tratamiento residencial", NULL,
     false},
    {"crisis|emergency room|mobile crisis|sala de emergencias", NULL, false},
    {"school refusal|refusing school|wont go to school|not going to school|rechazo escolar|rechazo a la "
     "escuela|"
     "no quiere ir a la escuela",
     NULL, false},
    {"iep|504|special education|special ed|iep meetings|school meetings|educacion especial", NULL, false},
    {"bullying|acoso escolar", NULL, false},
    {"suspension|suspensions|expulsion|suspensiones", NULL, false},
    {"juvenile court|juvenile justice|court|probation|detention|tribunal de menores|corte juvenil|corte de "
     "menores|"
     "juzgado|justicia juvenil|libertad condicional",
     NULL, false},
    {"child welfare|cps|dcf|child protective services|bienestar infantil|proteccion infantil", NULL, false},
    {"foster|foster care|acogida|crianza temporal|hogar temporal", NULL, false},
    {"kinship|kinship care|raising grandchildren|crianza por familiares|familia extendida", NULL, false},
    {"adoption|adopted|adopcion", NULL, false},
    {"lgbtq youth|lgbtq|lgbt|lgbtqia|queer|gay|trans|transgender|coming out|jovenes lgbtq|juventud lgbtq",
     NULL, false},
    {"wraparound|wrap around|wrap", NULL, false},
    {"medication|medications|meds|medicamentos|medicinas", NULL, false},
    {"anger|aggression|aggressive|enojo|agresion", NULL, false},
    {"running away|runaway|fugas|huir de casa", NULL, false},
    {"divorce|separation|divorcio|separacion", NULL, false},
    {"military family|deployment|familia militar", NULL, false},
    {"immigration|inmigracion", NULL, false},
    {"housing|homelessness|vivienda", NULL, false},
};

static const ImportConcept languages[] = {
    {"english|eng|en|ingles", NULL, false},
    {"spanish|span|spa|sp|es|espanol|castellano", NULL, false},
    {"asl|american sign language|sign language|sign|lengua de senas|lengua de senas americana|lenguaje de "
     "senas",
     NULL, false},
    {"vietnamese|viet|vi|vietnamita", NULL, false},
    {"mandarin|mandarin chinese", NULL, false},
    {"cantonese|cantones", NULL, false},
    {"chinese|chino", "mandarin", false},
    {"haitian creole|creole|kreyol|criollo haitiano|criollo", NULL, false},
    {"portuguese|port|pt|portugues", NULL, false},
    {"french|fr|frances", NULL, false},
    {"arabic|arabe", NULL, false},
    {"russian|ruso", NULL, false},
    {"korean|coreano", NULL, false},
    {"tagalog|filipino", NULL, false},
    {"somali", NULL, false},
    {"hmong", NULL, false},
    {"ukrainian|ucraniano", NULL, false},
    {"amharic|amarico", NULL, false},
    {"navajo|dine", NULL, false},
};

static const ImportConcept times[] = {
    {"weekdays|weekday|week days|entre semana|dias de semana", NULL, false},
    {"weekends|weekend|fin de semana|fines de semana", NULL, false},
    {"mornings|morning|am|manana|mananas|por la manana", NULL, false},
    {"afternoons|afternoon|after school|tarde|tardes|por la tarde", NULL, false},
    {"evenings|evening|eves|eve|final de la tarde", NULL, false},
    {"nights|night|late evenings|late evening|noche|noches|por la noche", "evening", false},
};

const ImportConcept *import_concepts(ImportTopic topic, size_t *ret_count) {
    static const struct {
        const ImportConcept *items;
        size_t count;
    } tables[TOPIC_COUNT] = {
        [TOPIC_RELATION] = {relations, sizeof relations / sizeof relations[0]},
        [TOPIC_EXPERIENCE] = {experiences, sizeof experiences / sizeof experiences[0]},
        [TOPIC_LANGUAGE] = {languages, sizeof languages / sizeof languages[0]},
        [TOPIC_TIME] = {times, sizeof times / sizeof times[0]},
    };
    _Static_assert(sizeof experiences / sizeof experiences[0] <= 64, "each concept is one bit of 64");
    assert(topic < TOPIC_COUNT);
    *ret_count = tables[topic].count;
    return tables[topic].items;
}
